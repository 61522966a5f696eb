import { expect, test } from "vitest";

import { pathOfPreview } from "./previews";

const level = {
  count: 2,
  frames: [0, 1],
  positions: [
    [0, 1, 4],
    [0, 1, 3],
  ],
  forward: [
    [0, 0, -1],
    [1, 0, 0],
  ],
  up: [
    [0, 1, 0],
    [0, 1, 0],
  ],
  field_of_view_deg: [[90, 60]],
  up_is: "declared" as const,
};

test("a level camera that looks north has its axes right, down and ahead", () => {
  const path = pathOfPreview(level, 1.5);
  expect([...path.c2w.subarray(0, 12)].map((value) => value + 0)).toEqual([
    1, 0, 0, 0, 0, -1, 0, 1, 0, 0, -1, 4,
  ]);
});

test("turned to the east its right is the south", () => {
  const path = pathOfPreview(level, 1.5);
  expect([0, 4, 8].map((at) => path.c2w[16 + at]! + 0)).toEqual([0, 0, 1]);
});

test("the angles of view become focal lengths as shares of the frame", () => {
  expect(pathOfPreview(level, 1.5).intrinsics[0]).toBeCloseTo(0.5);
  expect(pathOfPreview(level, 1.5).intrinsics[1]).toBeCloseTo(0.866);
  expect([...pathOfPreview({ ...level, field_of_view_deg: null }, 1.5).intrinsics.slice(0, 2)]).toEqual([
    1, 1.5,
  ]);
});
