import type { ComponentProps, ReactNode } from "react";

/** A plain table that scrolls sideways on a phone. `caption` is read to screen readers. */
export function Table({
  caption,
  head,
  children,
}: {
  caption: string;
  head: ReactNode[];
  children: ReactNode;
}) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className="relative overflow-x-auto" tabIndex={0} role="region" aria-label={caption}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-start text-xs text-muted">
            {head.map((cell, column) => (
              <th key={column} scope="col" className="px-5 py-2.5 text-start font-medium whitespace-nowrap">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr]:border-b [&>tr]:border-line [&>tr:last-child]:border-0">{children}</tbody>
      </table>
    </div>
  );
}

export function Cell({ className = "", ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={`px-5 py-3 align-middle ${className}`} />;
}
