import clsx from "clsx";
import type { ReactNode } from "react";

type Props = {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  flush?: boolean;
  as?: "section" | "article";
};

/** A surface with an optional heading; `flush` lets its content reach the edges (tables, pictures). */
export function Panel({ title, actions, children, className, flush, as: Tag = "section" }: Props) {
  return (
    <Tag className={clsx("min-w-0 rounded-lg border border-line bg-surface", className)}>
      {title && (
        <header className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-5 py-2">
          <h2 className="text-sm">{title}</h2>
          {actions}
        </header>
      )}
      <div className={flush ? "" : "p-5"}>{children}</div>
    </Tag>
  );
}
