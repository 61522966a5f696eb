import type { ReactNode } from "react";

/** A part of the account page: what it is about at the side, what can be done beside it. */
export function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-10 gap-y-4 border-b border-line py-8 first:pt-2 last:border-0 lg:grid-cols-[16rem_minmax(0,1fr)]">
      <header className="grid content-start gap-1.5">
        <h2 className="text-base">{title}</h2>
        <p className="text-sm text-muted">{text}</p>
      </header>
      <div className="grid min-w-0 content-start gap-4">{children}</div>
    </section>
  );
}
