/** What can be chosen at the desk, in the order of its keys. */
import type { Reason, Verdict } from "../hooks/use-judgement";

export const VERDICTS: { verdict: Verdict; key: string }[] = [
  { verdict: "approve", key: "A" },
  { verdict: "request_changes", key: "C" },
  { verdict: "reject", key: "R" },
];

export const REASONS: Reason[] = [
  "caption_wrong",
  "caption_thin",
  "timing_wrong",
  "image_quality",
  "image_unrelated",
  "audio_quality",
  "audio_unrelated",
  "transcript_wrong",
  "camera_wrong",
  "lighting_wrong",
  "watermark",
  "duplicate",
  "off_brief",
  "rights_unclear",
  "person_without_release",
  "unsafe",
  "other",
];

const ON_DIGITS = 10;

export function reasonKey(index: number): string {
  return index < ON_DIGITS ? String((index + 1) % ON_DIGITS) : `⇧${index - ON_DIGITS + 1}`;
}

/** The same as the keyboard names it: `Digit3`, `Shift+Digit2`. */
export function reasonCode(index: number): string {
  return index < ON_DIGITS ? `Digit${(index + 1) % ON_DIGITS}` : `Shift+Digit${index - ON_DIGITS + 1}`;
}
