import { expect, test } from "vitest";

import { bandsOf, outcomeOf, type Rule } from "./bands";

const rule = (over: Partial<Rule>): Rule => ({
  id: "clip_too_small",
  metric: "clip.short_side_px",
  modality: "video",
  unit: "px",
  calibrated: false,
  comparator: "below",
  review: 720,
  reject: 360,
  good: 1080,
  ...over,
});

test("a value below the rejecting bound is rejected, between the bounds reviewed", () => {
  expect([200, 500, 720].map((value) => outcomeOf(value, rule({})))).toEqual(["reject", "review", "pass"]);
});

test("a range refuses both of its sides", () => {
  const loud = rule({ comparator: "outside", review: [-30, -10], reject: [-45, -5], good: null });
  expect([-50, -40, -20, -7, 0].map((value) => outcomeOf(value, loud))).toEqual([
    "reject",
    "review",
    "pass",
    "review",
    "reject",
  ]);
});

test("zones cover the bar without a gap, and the value lies in the zone of its outcome", () => {
  const bands = bandsOf(500, rule({}));
  expect(bands.zones[0]?.from).toBe(0);
  expect(bands.zones.at(-1)?.to).toBe(1);
  for (const [index, zone] of bands.zones.slice(1).entries()) expect(zone.from).toBe(bands.zones[index]?.to);
  const here = bands.zones.find((zone) => zone.from <= bands.at && bands.at <= zone.to);
  expect(here?.outcome).toBe(bands.outcome);
});

test("a value on the only bound still has room on both sides", () => {
  const bands = bandsOf(0, rule({ comparator: "above", review: 0, reject: null, good: null }));
  expect(bands.at).toBeCloseTo(0.5);
});
