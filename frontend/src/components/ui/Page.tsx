import type { ReactNode } from "react";
import { useEffect } from "react";

type Props = {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  eyebrow?: ReactNode;
  children: ReactNode;
  narrow?: boolean;
};

/** A page's frame: its title (also the window's), what can be done here, the content. */
export function Page({ title, lead, actions, eyebrow, children, narrow }: Props) {
  useEffect(() => {
    document.title = `${title} · OpenSlate`;
  }, [title]);
  return (
    <div className={`mx-auto w-full px-4 pt-8 pb-24 sm:px-8 ${narrow ? "max-w-3xl" : "max-w-7xl"}`}>
      <header className="mb-8 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="grid max-w-3xl min-w-0 gap-2">
          {eyebrow && <div className="text-xs text-muted">{eyebrow}</div>}
          <h1 className="text-2xl break-words" dir="auto">
            {title}
          </h1>
          {lead && (
            <div className="text-muted" dir="auto">
              {lead}
            </div>
          )}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
