/** What can be chosen at the desk, in the order of its keys. */
import type { Verdict } from "../hooks/use-judgement";

export const VERDICTS: { verdict: Verdict; key: string }[] = [
  { verdict: "approve", key: "A" },
  { verdict: "request_changes", key: "C" },
  { verdict: "reject", key: "R" },
];

const ON_DIGITS = 10;

export function reasonKey(index: number): string {
  return index < ON_DIGITS ? String((index + 1) % ON_DIGITS) : `⇧${index - ON_DIGITS + 1}`;
}

/** The same as the keyboard names it: `Digit3`, `Shift+Digit2`. */
export function reasonCode(index: number): string {
  return index < ON_DIGITS ? `Digit${(index + 1) % ON_DIGITS}` : `Shift+Digit${index - ON_DIGITS + 1}`;
}
