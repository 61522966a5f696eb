/** What the form says, in the engine's terms. */
import { nestedPoses } from "@/lib/camera/poses";
import type { SampledPath } from "@/lib/camera/sampling";
import { placeOf } from "@/lib/light/lamps";
import type { Lighting } from "@/lib/record";

import type { Asked } from "./api/request-generation";

export const SIZES = { small: [256, 256], wide: [448, 256], hd: [1920, 1080], uhd: [3840, 2160] } as const;
export type Size = keyof typeof SIZES;
export const FPS = 24;

export type Draft = {
  prompt: string;
  size: Size;
  durationS: number;
  adapter: string;
  sound: string;
  seed: number;
  reference: string | null;
  camera: SampledPath | null;
  lighting: Lighting | null;
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
    ...(draft.camera ? { camera: cameraOf(draft.camera) } : {}),
    ...(draft.lighting ? lightOf(draft.lighting) : {}),
    ...(draft.sound ? { audio: { style_caption: draft.sound } } : {}),
  };
}

function cameraOf(path: SampledPath) {
  return { poses: nestedPoses(path), intrinsics: [...path.intrinsics.slice(0, 4)] };
}

/** The engine knows a sun over an even sky, or radiance harmonics: of lamps it is told where the key comes from. */
function lightOf({ sun, sh, lights, cct_k }: Lighting): Pick<Asked, "lighting"> {
  if (sun) return { lighting: { sun: { ...sun, ...(cct_k ? { cct_k } : {}) } } };
  if (sh?.kind === "radiance") return { lighting: { sh: sh.coeffs } };
  const key = lights?.find(({ role }) => role === "key") ?? lights?.[0];
  if (!key) return {};
  const { azimuthDeg, elevationDeg } = placeOf(key);
  return {
    lighting: { sun: { azimuth_deg: azimuthDeg, elevation_deg: elevationDeg, cct_k: key.cct_k ?? 5600 } },
  };
}
