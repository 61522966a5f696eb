/** What was made of the files under judgement, by where the record names them. */
import type { Schemas } from "@/lib/api";

import type { Medium } from "../api/take-review";

type File = Schemas["RenditionFileOutput"];

export type Shown = {
  path: string;
  status: "waiting" | "ready" | "failed";
  facts: Record<string, unknown>;
  file: (role: string) => File | undefined;
};

export function shownAt(media: Medium[], path: string): Shown | undefined {
  const medium = media.find((one) => one.path === path);
  return medium && shown(medium);
}

export function shown(medium: Medium): Shown {
  const files = medium.renditions?.files ?? [];
  return {
    path: medium.path,
    status: medium.renditions?.status ?? "ready",
    facts: medium.facts,
    file: (role) => files.find((file) => file.role === role),
  };
}

/** Frames per second and frames of the screen's clock: the proxy's, else the record's timeline. */
export function clockOf(
  clip: Shown | undefined,
  timeline: { fps: [number, number]; num_frames: number } | undefined,
  sound: Shown | undefined,
): { fps: number; frames: number } {
  const details = clip?.file("proxy")?.details as { fps?: [number, number]; frames?: number } | undefined;
  const [numerator, denominator] = details?.fps ?? timeline?.fps ?? [25, 1];
  const fps = numerator / denominator;
  const seconds = Number(sound?.facts.duration_s ?? 0);
  return { fps, frames: details?.frames ?? timeline?.num_frames ?? Math.max(1, Math.round(seconds * fps)) };
}
