import { Progress as Radix } from "radix-ui";

/** `value` in [0, 1]; null while the size of the work is unknown. */
export function Progress({ value, label }: { value: number | null; label: string }) {
  const share = value === null ? null : Math.min(1, Math.max(0, value)) * 100;
  return (
    <Radix.Root
      value={share}
      aria-label={label}
      className="h-1.5 w-full overflow-hidden rounded-full bg-line"
    >
      <Radix.Indicator
        className={`h-full rounded-full bg-tungsten transition-[width] duration-300 ${share === null ? "w-1/3 animate-pulse-soft" : ""}`}
        style={share === null ? undefined : { width: `${share}%` }}
      />
    </Radix.Root>
  );
}
