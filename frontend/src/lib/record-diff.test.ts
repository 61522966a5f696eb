import { expect, it } from "vitest";

import { recordDiff } from "./record-diff";

it("finds nothing between equal records, whatever the order of their keys", () => {
  expect(recordDiff({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 })).toEqual([]);
});

it("names what changed by its path", () => {
  const before = { scene: { caption_short: "A ball", subjects: [{ name: "ball" }] } };
  const after = { scene: { caption_short: "A red ball", subjects: [{ name: "ball" }, { name: "dog" }] } };
  expect(recordDiff(before, after)).toEqual([
    { path: "scene.caption_short", before: "A ball", after: "A red ball" },
    { path: "scene.subjects[1].name", before: undefined, after: "dog" },
  ]);
});

it("takes a position as one value and a null as nothing", () => {
  expect(recordDiff({ at: [0, 1, 2], sun: null }, { at: [0, 1, 3] })).toEqual([
    { path: "at", before: "[0,1,2]", after: "[0,1,3]" },
  ]);
});
