/** What the form says, in the engine's terms. */
import { nestedPoses } from "@/lib/camera/poses";
import type { SampledPath } from "@/lib/camera/sampling";
import { arrivingLux, DAYLIGHT_K, placeOf } from "@/lib/light/lamps";
import type { Lighting } from "@/lib/record";

import type { Asked } from "./api/request-generation";

export const SIZES = { small: [256, 256], wide: [448, 256], hd: [1920, 1080], uhd: [3840, 2160] } as const;
export type Size = keyof typeof SIZES;
export const FPS = 24;
const MOST_LAMPS = 16; // that the engine takes

export type Draft = {
  prompt: string;
  negative: string;
  size: Size;
  durationS: number;
  adapter: string;
  sound: string;
  seed: number;
  steps: number;
  guidance: number;
  reference: string | null;
  camera: SampledPath | null;
  lighting: Lighting | null;
};

export const BLANK: Draft = {
  prompt: "",
  negative: "",
  size: "small",
  durationS: 2,
  adapter: "",
  sound: "",
  seed: 0,
  steps: 24,
  guidance: 2,
  reference: null,
  camera: null,
  lighting: null,
};

export function askedFor(draft: Draft, base: string): Asked {
  const [width, height] = SIZES[draft.size];
  return {
    prompt: draft.prompt,
    model: base,
    adapter: draft.adapter || null,
    reference_image: draft.reference,
    size: { width, height, duration_s: draft.durationS },
    seed: draft.seed,
    steps: draft.steps,
    guidance: draft.guidance,
    ...(draft.negative.trim() ? { negative: draft.negative } : {}),
    ...(draft.camera ? { camera: cameraOf(draft.camera) } : {}),
    ...(draft.lighting ? lightOf(draft.lighting) : {}),
    ...(draft.sound ? { audio: { style_caption: draft.sound } } : {}),
  };
}

/** Every pose with its own lens where the path zooms, else one lens for all. */
function cameraOf(path: SampledPath) {
  const rows = Array.from({ length: path.frames }, (_, frame) => [
    ...path.intrinsics.subarray(frame * 4, frame * 4 + 4),
  ]);
  const zooms = rows.some((row) =>
    row.some((value, at) => Math.abs(value - (rows[0]?.[at] ?? value)) > 1e-9),
  );
  return { poses: nestedPoses(path), intrinsics: zooms ? rows : rows[0] };
}

/** The engine knows a sun over an even sky, radiance harmonics, or lamps by their share of the light. */
function lightOf({ sun, sh, lights, cct_k }: Lighting): Pick<Asked, "lighting"> {
  if (sun) return { lighting: { sun: { ...sun, ...(cct_k ? { cct_k } : {}) } } };
  if (sh?.kind === "radiance") return { lighting: { sh: sh.coeffs } };
  const lamps = (lights ?? []).map((lamp) => {
    const { azimuthDeg, elevationDeg } = placeOf(lamp);
    const share = arrivingLux(lamp);
    return { azimuth_deg: azimuthDeg, elevation_deg: elevationDeg, cct_k: lamp.cct_k ?? DAYLIGHT_K, share };
  });
  const lit = lamps.filter(({ share }) => share > 0).slice(0, MOST_LAMPS);
  return lit.length ? { lighting: { lamps: lit } } : {};
}
