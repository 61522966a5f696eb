/** Sound events as spans on the wave. */
import type { Part } from "./record";

export type SoundEvent = NonNullable<Part<"audio">["events"]>[number];

export const keyOf = (index: number) => `span-${index}`;

export function spansOf(events: readonly SoundEvent[] | null | undefined) {
  return (events ?? []).map(({ onset_s, offset_s, name }, index) => ({
    key: keyOf(index),
    start: onset_s ?? 0,
    end: Math.max(offset_s ?? 0, onset_s ?? 0),
    label: name ?? "",
  }));
}
