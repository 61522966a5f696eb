import clsx from "clsx";
import { type KeyboardEvent, useState } from "react";

import { CONTROL } from "./Field";

type Props = {
  label: string;
  value: number;
  onChange: (value: number) => void;
  /** When a stretch of changes (held arrow keys) is over. */
  onSettled?: () => void;
  step?: number;
  min?: number;
  max?: number;
  decimals?: number;
  disabled?: boolean;
  className?: string;
};

/** A figure to type, or to step with the arrow keys (tenfold with Shift). Its label is for screen readers alone. */
export function NumberField(props: Props) {
  const { label, value, onChange, onSettled, disabled, className } = props;
  const { step = 1, min = -Infinity, max = Infinity, decimals = 2 } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const put = (next: number) => {
    const bound = Math.min(max, Math.max(min, Number(next.toFixed(6))));
    if (bound !== value) onChange(bound);
  };
  const settle = () => {
    const next = Number(typed?.replace(",", "."));
    if (typed?.trim() && Number.isFinite(next)) put(next);
    setTyped(null);
    onSettled?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction) {
      event.preventDefault();
      event.stopPropagation();
      setTyped(null);
      put(value + direction * step * (event.shiftKey ? 10 : 1));
    }
    if (event.key === "Enter") settle();
    if (event.key === "Escape") setTyped(null);
    if (typed !== null && (event.ctrlKey || event.metaKey)) event.stopPropagation(); // undoes the typing, not the work
  };
  return (
    <input
      type="text"
      inputMode="decimal"
      dir="ltr"
      aria-label={label}
      disabled={disabled}
      value={typed ?? String(Number(value.toFixed(decimals)))}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={settle}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.target.select()}
      className={clsx(CONTROL, "figures h-8 px-2 text-sm!", className)}
    />
  );
}
