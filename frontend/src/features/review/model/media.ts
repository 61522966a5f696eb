/** What was made of the files under judgement, by where the record names them. */
import { fileOf, type Rendition } from "@/lib/media";

import type { Medium } from "../api/take-review";

export type Shown = {
  path: string;
  status: "waiting" | "ready" | "failed";
  facts: Record<string, unknown>;
  file: (role: string) => Rendition | undefined;
};

export function shownAt(media: Medium[], path: string): Shown | undefined {
  const medium = media.find((one) => one.path === path);
  return medium && shown(medium);
}

export function shown(medium: Medium): Shown {
  return {
    path: medium.path,
    status: medium.renditions?.status ?? "ready",
    facts: medium.facts,
    file: (role) => fileOf(medium, role),
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

/** Width over height of a clip's picture; of the usual wide one where there is no clip. */
export function aspectOf(clip: Shown | undefined): number {
  const { width, height } = (clip?.facts ?? {}) as { width?: number; height?: number };
  return width && height ? width / height : 16 / 9;
}
