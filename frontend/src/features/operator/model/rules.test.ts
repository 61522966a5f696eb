import { describe, expect, it } from "vitest";

import { countOf, difference, outcomeOf, readRules, type Rule, type Rules, withBack, without } from "./rules";
import { bandsOf, countsOf, scaleOf } from "./spread";

const RULE: Rule = {
  id: "image_too_small",
  metric: "image.short_side_px",
  modality: "reference_images",
  model: "",
  calibrated: false,
  comparator: "below",
  review: 512,
  reject: 256,
  good: 1024,
  required: false,
  unless: [],
  unit: "px",
  message: "",
  fix: "",
};
const POLICY: Rules = { version: 1, rules: [RULE, { ...RULE, id: "other" }], weights: { scene: 1 } };
const BINS = { low: 0, high: 1000, counts: [10, 20, 30, 40], below: 1, above: 2, without_value: 0 };

describe("what a rule says of a value", () => {
  it("passes the bound itself", () => {
    expect([255, 256, 511, 512].map((value) => outcomeOf(RULE, value))).toEqual([
      "reject",
      "review",
      "review",
      "pass",
    ]);
  });

  it("takes what lies within a range", () => {
    const range: Rule = { ...RULE, comparator: "outside", review: [2, 4], reject: null };
    expect([1, 2, 4, 5].map((value) => outcomeOf(range, value))).toEqual([
      "review",
      "pass",
      "pass",
      "review",
    ]);
  });

  it("is drawn as bands between the bounds", () => {
    expect(bandsOf(RULE, [0, 1000]).map(({ to, outcome }) => [to, outcome])).toEqual([
      [256, "reject"],
      [512, "review"],
      [1000, "pass"],
    ]);
  });

  it("is counted over the bins and what lies beyond them", () => {
    expect(countsOf(RULE, BINS)).toEqual({ reject: 11, review: 20, pass: 72 });
  });

  it("is drawn on a scale that shows every bound", () => {
    const [low, high] = scaleOf(BINS, [RULE]);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(1024);
  });
});

describe("two policies compared", () => {
  it("differ in nothing where nothing was changed", () => {
    expect(countOf(difference(POLICY, structuredClone(POLICY)))).toBe(0);
  });

  it("name what was added, removed, changed and weighed otherwise", () => {
    const after = { ...without(POLICY, "other"), weights: { scene: 2 } };
    after.rules = [
      { ...RULE, review: 600 },
      { ...RULE, id: "new" },
    ];
    const found = difference(POLICY, after);
    expect([found.added, found.removed]).toEqual([["new"], ["other"]]);
    expect(found.changed).toEqual({ image_too_small: [{ field: "review", before: 512, after: 600 }] });
    expect(found.weights).toEqual({ scene: [1, 2] });
    expect(countOf(found)).toBe(4);
  });

  it("are equal again once a rule is put back", () => {
    expect(withBack(without(POLICY, "other"), POLICY.rules[1]!)).toEqual(POLICY);
  });
});

it("knows a draft that is no policy", () => {
  expect(readRules({ rules: "none" })).toBeNull();
  expect(readRules(null)).toBeNull();
  expect(readRules(POLICY)).toBe(POLICY);
});
