import { expect, test } from "vitest";

import { pathFacts, planOf, pointAt } from "./path";

const dolly = {
  count: 3,
  frames: [0, 1, 2],
  positions: [
    [0, 1, 0],
    [0, 1, -1],
    [0, 1, -3],
  ],
  forward: [
    [0, 0, -1],
    [0, 0, -1],
    [1, 0, 0],
  ],
  up: [],
  field_of_view_deg: [[54, 37]],
  up_is: "declared" as const,
};

test("a path's length and turn add up over its frames", () => {
  const facts = pathFacts(dolly);
  expect(facts.lengthM).toBeCloseTo(3);
  expect(facts.turnedDeg).toBeCloseTo(90);
});

test("the plan keeps proportions and lies in its square", () => {
  const { points } = planOf(dolly, "top");
  for (const [x, y] of points) expect(x >= 0 && x <= 100 && y >= 0 && y <= 100).toBe(true);
  expect(points[0]?.[0]).toBeCloseTo(50);
});

test("a share of the clip finds the nearest of the frames that were sent", () => {
  const sparse = { ...dolly, count: 101, frames: [0, 40, 100] };
  expect([0, 0.1, 0.3, 0.6, 0.9, 1].map((share) => pointAt(sparse, share))).toEqual([0, 0, 1, 1, 2, 2]);
});
