import clsx from "clsx";
import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";

import { Spinner } from "./Spinner";

export type ButtonLook = "primary" | "secondary" | "quiet" | "danger";

const LOOKS: Record<ButtonLook, string> = {
  primary: "bg-ink text-on-ink hover:opacity-88 active:opacity-75",
  secondary: "border border-line-strong/60 bg-surface text-ink hover:border-ink hover:bg-sunken",
  quiet: "text-ink hover:bg-sunken",
  danger: "border border-bad/50 bg-bad-soft text-bad hover:border-bad",
};
const SIZES = {
  sm: "h-8 gap-1.5 px-2.5 text-sm",
  md: "h-10 gap-2 px-4 text-sm",
  lg: "h-12 gap-2.5 px-6 text-base",
};

type Props = ComponentProps<"button"> & {
  look?: ButtonLook;
  size?: keyof typeof SIZES;
  /** Shows a spinner and takes no more clicks; the label stays, so that nothing jumps. */
  busy?: boolean;
  icon?: ReactNode;
  /** Render the one child (a link) instead of a button. */
  asChild?: boolean;
};

export function Button({
  look = "secondary",
  size = "md",
  busy,
  icon,
  asChild,
  children,
  className,
  ...rest
}: Props) {
  const classes = clsx(
    "inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap transition",
    "disabled:cursor-not-allowed disabled:opacity-45 aria-busy:cursor-progress",
    LOOKS[look],
    SIZES[size],
    className,
  );
  if (asChild) return <Slot.Root className={classes}>{children}</Slot.Root>;
  return (
    <button type="button" {...rest} className={classes} aria-busy={busy} disabled={rest.disabled || busy}>
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}
