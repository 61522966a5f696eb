/** The studio's steps, and which of them a place in the record belongs to. */
import type { Draft } from "./record";

export const STEPS = ["scene", "images", "sound", "camera", "light", "clip", "rights"] as const;
export type Step = (typeof STEPS)[number];

const PARTS: Record<string, Step> = {
  timeline: "scene",
  scene: "scene",
  reference_images: "images",
  images: "images",
  image: "images",
  audio: "sound",
  camera: "camera",
  lighting: "light",
  video: "clip",
  clip: "clip",
  rights: "rights",
  provenance: "rights",
};

/** `reference_images[0].asset` -> `images`; null for what is about the record as a whole. */
export function stepOf(path: string): Step | null {
  return PARTS[/^[a-z_]+/.exec(path)?.[0] ?? ""] ?? null;
}

export function isStep(text: string | null): text is Step {
  return STEPS.includes(text as Step);
}

/** Whether there is anything of this step in the draft. The two that every record has count by what is written. */
export function isBegun(draft: Draft, step: Step): boolean {
  switch (step) {
    case "scene":
      return Boolean(draft.scene?.caption_short || draft.scene?.subjects?.length);
    case "images":
      return Boolean(draft.reference_images?.length);
    case "sound":
      return Boolean(draft.audio);
    case "camera":
      return Boolean(draft.camera);
    case "light":
      return Boolean(draft.lighting);
    case "clip":
      return Boolean(draft.video);
    case "rights":
      return Boolean(draft.rights?.basis);
  }
}

type Placed = { path: string };
export type Finding = Placed & { outcome: "review" | "reject" };

/** `missing`: something stands in the way; `advised`: it can be submitted, and a reviewer will look at it. */
export type StepState = "empty" | "missing" | "rejected" | "advised" | "done";

export function stateOf(draft: Draft, step: Step, problems: Placed[], findings: Finding[]): StepState {
  const here = <T extends Placed>(all: T[]) => all.filter(({ path }) => stepOf(path) === step);
  if (here(problems).length) return isBegun(draft, step) || isNeeded(step) ? "missing" : "empty";
  if (!isBegun(draft, step)) return "empty";
  const found = here(findings);
  if (found.some(({ outcome }) => outcome === "reject")) return "rejected";
  return found.length ? "advised" : "done";
}

function isNeeded(step: Step): boolean {
  return step === "scene" || step === "rights";
}
