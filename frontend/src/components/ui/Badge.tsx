import clsx from "clsx";
import type { ReactNode } from "react";

export type Tone = "neutral" | "live" | "good" | "warn" | "bad" | "info";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-muted",
  live: "bg-tungsten-soft text-tungsten",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
};

/** A state in a word. `live` means that something is happening right now. */
export function Badge({
  tone = "neutral",
  children,
  className,
}: {
  tone?: Tone;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={clsx(
        "inline-flex h-6 w-fit items-center gap-1.5 rounded-full px-2.5 text-xs font-medium whitespace-nowrap",
        TONES[tone],
        className,
      )}
    >
      {tone === "live" && (
        <span className="size-1.5 animate-pulse-soft rounded-full bg-current" aria-hidden />
      )}
      {children}
    </span>
  );
}
