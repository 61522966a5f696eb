import clsx from "clsx";
import { type ReactNode, useId } from "react";

export const CONTROL = clsx(
  "w-full rounded-md border border-line-strong/70 bg-surface px-3 text-base text-ink transition placeholder:text-muted",
  "hover:border-line-strong focus-visible:border-tungsten focus-visible:outline-offset-0",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted aria-invalid:border-bad",
);

type Wiring = { id: string; "aria-describedby"?: string; "aria-invalid"?: true; required?: boolean };
type Props = {
  label: string;
  hint?: ReactNode;
  error?: string;
  required?: boolean;
  optionalText?: string;
  className?: string;
  children: (wiring: Wiring) => ReactNode;
};

/** A label, its control, a hint and the error: wired together for screen readers. */
export function Field({ label, hint, error, required, optionalText, className, children }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={clsx("grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-1.5", className)}>
      <label htmlFor={id} className="flex items-baseline justify-between gap-3 text-sm font-medium">
        {label}
        {optionalText && <span className="text-xs font-normal text-muted">{optionalText}</span>}
      </label>
      {children({
        id,
        required,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
