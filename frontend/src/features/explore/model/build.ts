/** What is built in the background: versions, exports, shards. */
import type { Tone } from "@/components/ui/Badge";
import type { Schemas } from "@/lib/api";

export type BuildStatus = Schemas["BuildStatus"];
export const BUILD_TONES: Record<BuildStatus, Tone> = { building: "live", ready: "good", failed: "bad" };

export const SPLITS = ["train", "validation", "test"] as const;
export const MODALITIES = ["scene", "reference_images", "audio", "camera", "lighting", "video"] as const;

type Failed = { failure?: unknown };

/** Why it failed, as the server said it; empty while it has not. */
export function failureText({ failure }: Failed): string {
  return String((failure as { message?: string } | undefined)?.message ?? "");
}

export function splitCounts({ split_counts: counts }: { split_counts?: unknown }): [string, number][] {
  const found = (counts ?? {}) as Record<string, number>;
  return SPLITS.map((split) => [split, found[split] ?? 0]);
}
