import clsx from "clsx";

import { CONTROL } from "./Field";

type Props<T extends string> = {
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
  disabled?: boolean;
  className?: string;
};

/** A small choice inside a table's row, where a list of hundreds must stay light. */
export function NativeSelect<T extends string>({
  label,
  value,
  options,
  onChange,
  disabled,
  className,
}: Props<T>) {
  return (
    <select
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as T)}
      className={clsx(CONTROL, "h-8 px-1.5 text-sm!", className)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
