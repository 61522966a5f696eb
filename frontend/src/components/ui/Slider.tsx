import { Slider as Radix } from "radix-ui";
import type { ReactNode } from "react";

type Props = {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  shown?: ReactNode;
  onChange: (value: number) => void;
  onCommit?: (value: number) => void;
};

export function Slider({ label, value, min, max, step = 1, shown, onChange, onCommit }: Props) {
  return (
    <div className="grid gap-1">
      <div className="flex justify-between gap-3 text-sm">
        <span>{label}</span>
        <span className="figures text-muted">{shown ?? value}</span>
      </div>
      <Radix.Root
        {...{ min, max, step }}
        value={[value]}
        onValueChange={([next]) => next !== undefined && onChange(next)}
        onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
        className="relative flex h-6 touch-none items-center select-none"
      >
        <Radix.Track className="relative h-1 grow rounded-full bg-line">
          <Radix.Range className="absolute h-full rounded-full bg-tungsten" />
        </Radix.Track>
        <Radix.Thumb
          aria-label={label}
          className="block size-4 rounded-full border border-line-strong bg-raised shadow-raised transition hover:scale-110"
        />
      </Radix.Root>
    </div>
  );
}
