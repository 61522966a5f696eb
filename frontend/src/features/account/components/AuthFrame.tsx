import type { ReactNode } from "react";
import { useEffect } from "react";

type Props = { title: string; lead?: string; children: ReactNode; footer?: ReactNode };

/** The narrow card that every sign-in page is set in. */
export function AuthFrame({ title, lead, children, footer }: Props) {
  useEffect(() => {
    document.title = `${title} · OpenSlate`;
  }, [title]);
  return (
    <div className="mx-auto grid max-w-md gap-6 px-4 py-14 sm:py-24">
      <div className="clapper h-2 w-20 rounded-sm" aria-hidden />
      <header className="grid gap-2">
        <h1 className="text-2xl">{title}</h1>
        {lead && <p className="text-muted">{lead}</p>}
      </header>
      {children}
      {footer && <footer className="border-t border-line pt-5 text-sm text-muted">{footer}</footer>}
    </div>
  );
}
