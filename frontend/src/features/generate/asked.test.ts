import { expect, test } from "vitest";

import { emptyPath } from "@/lib/camera/sampling";
import type { Lighting } from "@/lib/record";

import { askedFor, BLANK } from "./asked";

const lamp = { type: "directional", intensity: 300, unit: "lux", cct_k: 3200, role: "key" } as const;
const lit = (lights: unknown[]) => ({ lights }) as Lighting;

test("every lamp is told with its direction, warmth and share of the light", () => {
  const lighting = lit([
    { ...lamp, direction: [0, -1, 0] },
    { ...lamp, direction: [-1, 0, 0], intensity: 100, cct_k: null },
    { ...lamp, direction: [0, 0, 1], intensity: 0 },
  ]);
  const { lamps } = askedFor({ ...BLANK, lighting }, "slate-nano").lighting as {
    lamps: Record<string, number>[];
  };
  expect(lamps.map(({ share }) => share)).toEqual([300, 100]);
  expect(lamps[0]?.elevation_deg).toBeCloseTo(90);
  expect(lamps[1]?.azimuth_deg).toBeCloseTo(90); // it shines to the west: it stands in the east
});

test("a zoom is told pose by pose, a fixed lens once", () => {
  const path = emptyPath(2);
  path.intrinsics.set([1, 1, 0.5, 0.5, 1, 1, 0.5, 0.5]);
  expect(askedFor({ ...BLANK, camera: path }, "m").camera?.intrinsics).toEqual([1, 1, 0.5, 0.5]);
  path.intrinsics[4] = 2;
  expect(askedFor({ ...BLANK, camera: path }, "m").camera?.intrinsics).toHaveLength(2);
});

test("what is to be kept out is told only where something was written", () => {
  expect(askedFor({ ...BLANK, negative: "  " }, "m")).not.toHaveProperty("negative");
  expect(askedFor({ ...BLANK, negative: "fog" }, "m").negative).toBe("fog");
});
