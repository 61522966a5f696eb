/** What a run made on its way, as strips: one for each shot, from the first step to the last. */
import type { RunSample } from "../api/list-samples";

export type Strip = { index: number; caption: string; samples: RunSample[] };

export function stripsOf(samples: RunSample[]): Strip[] {
  const strips = new Map<number, RunSample[]>();
  for (const sample of samples) strips.set(sample.index, [...(strips.get(sample.index) ?? []), sample]);
  return [...strips]
    .sort(([one], [other]) => one - other)
    .map(([index, found]) => ({
      index,
      caption: found[0]?.caption ?? "",
      samples: found.sort((one, other) => one.step - other.step),
    }));
}
