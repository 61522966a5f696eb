import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

import { Tooltip } from "./Tooltip";

type Props = Omit<ComponentProps<"button">, "aria-label"> & {
  label: string;
  icon: ReactNode;
  pressed?: boolean;
  hint?: string;
};

/** A button that shows only an icon; its label is its tooltip and its accessible name. */
export function IconButton({ label, icon, pressed, hint, className, ...rest }: Props) {
  return (
    <Tooltip text={hint ? `${label} (${hint})` : label}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={clsx(
          "inline-grid size-9 shrink-0 place-items-center rounded-md text-muted transition hover:bg-sunken hover:text-ink",
          "aria-pressed:bg-tungsten-soft aria-pressed:text-tungsten disabled:opacity-40 [&_svg]:size-[18px]",
          className,
        )}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
