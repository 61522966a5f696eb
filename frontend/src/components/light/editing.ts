/** What a person does to the light, as changes of the record's lighting. */
import { placed, placeOf, type Preset, PRESETS } from "@/lib/light/lamps";
import type { Light, Lighting } from "@/lib/record";

import type { Chosen } from "./LightStage";

export type Change = (lighting: Lighting) => Lighting;
export type LightEditing = {
  lighting: Lighting;
  chosen: Chosen;
  choose: (chosen: Chosen) => void;
  history: { seal: () => void };
  edit: (change: Change, label?: string | null) => void;
};

export function changeLamp(index: number, change: (lamp: Light) => Light): Change {
  return (lighting) => ({
    ...lighting,
    lights: lighting.lights?.map((lamp, i) => (i === index ? change(lamp) : lamp)),
  });
}

export function addLamp(lamp: Light): Change {
  return (lighting) => ({ ...lighting, lights: [...(lighting.lights ?? []), lamp] });
}

export function dropLamp(index: number): Change {
  return (lighting) => ({ ...lighting, lights: lighting.lights?.filter((_, i) => i !== index) });
}

export function changeSun(sun: Lighting["sun"]): Change {
  return (lighting) => ({ ...lighting, sun });
}

export function presetOf(preset: Preset): Change {
  return (lighting) => ({ ...lighting, cct_k: null, ...PRESETS[preset]() });
}

/** Aimed with the hand: seen from the south, to the right is against the compass. */
export function turnedBy(chosen: Chosen, right: number, up: number): Change {
  return (lighting) => {
    const level = (degrees: number) => Math.min(89, Math.max(-89, degrees));
    const round = (degrees: number) => ((degrees % 360) + 360) % 360;
    if (chosen === "sun" && lighting.sun) {
      const { azimuth_deg, elevation_deg } = lighting.sun;
      return {
        ...lighting,
        sun: { azimuth_deg: round(azimuth_deg - right), elevation_deg: level(elevation_deg + up) },
      };
    }
    if (typeof chosen !== "number") return lighting;
    return changeLamp(chosen, (lamp) => {
      const { azimuthDeg, elevationDeg, distanceM } = placeOf(lamp);
      return placed(lamp, {
        azimuthDeg: round(azimuthDeg - right),
        elevationDeg: level(elevationDeg + up),
        distanceM,
      });
    })(lighting);
  };
}
