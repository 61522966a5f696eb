import type { ReactNode } from "react";

/** Where in the record its content stands, so that the pre-check can lead to it. */
export function Place({
  path,
  className,
  children,
}: {
  path: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div data-field={path} className={className}>
      {children}
    </div>
  );
}

/** A heading inside a step, with a line on what it is for. */
export function Group({
  title,
  lead,
  actions,
  children,
}: {
  title: string;
  lead?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="grid gap-4 border-t border-line pt-6 first:border-0 first:pt-0">
      <header className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="grid gap-0.5">
          <h3 className="text-base">{title}</h3>
          {lead && <p className="max-w-prose text-sm text-muted">{lead}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}
