import { expect, test } from "vitest";

import { gapsOf, thinnest, tint, wantedBy } from "./heat";

test("tints tell magnitudes apart and stay legible", () => {
  expect([0, 1, 10, 100].map((count) => tint(count, 100))).toEqual([0, 8, 27, 46]);
  expect(tint(1, 1)).toBe(46);
});

test("what several campaigns want is summed, and the emptiest comes first", () => {
  const wanted = wantedBy([
    { coverage_targets: { "movement=static": 10, "weather=rain": 4 } },
    { coverage_targets: { "movement=static": 10 } },
  ]);
  expect(wanted).toEqual({ "movement=static": 20, "weather=rain": 4 });
  const held = { movement: [{ value: "static", count: 15 }], weather: [] };
  expect(gapsOf(wanted, held)).toEqual([
    { facet: "weather", value: "rain", wanted: 4, held: 0 },
    { facet: "movement", value: "static", wanted: 20, held: 15 },
  ]);
});

test("what is missing is counted, what is rare is named", () => {
  const counts = [
    [3, 0],
    [1, 0],
  ];
  expect(thinnest({ xs: ["a", "b"], ys: ["c", "d"], counts }, 1)).toEqual({
    missing: 2,
    rare: [{ x: "a", y: "d", count: 1 }],
  });
});
