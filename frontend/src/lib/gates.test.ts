import { describe, expect, it } from "vitest";

import { askedBy, byModality, type GateRule } from "./gates";

const RULE: GateRule = {
  id: "image_too_small",
  metric: "image.short_side_px",
  modality: "reference_images",
  calibrated: false,
  comparator: "below",
  review: 512,
  reject: null,
  good: 1024,
  required: false,
  unit: "px",
  message: "",
  fix: "",
};

describe("what a rule asks for", () => {
  it("is its bound, from the side that is taken", () => {
    expect(askedBy(RULE)).toEqual([{ outcome: "review", sign: "≥", bound: "512" }]);
    expect(askedBy({ ...RULE, comparator: "above" })[0]?.sign).toBe("≤");
  });

  it("is a range where both sides are bounded, and one figure where they meet", () => {
    expect(askedBy({ ...RULE, comparator: "outside", review: [8, 250] })[0]?.bound).toBe("8–250");
    expect(askedBy({ ...RULE, comparator: "outside", review: [2, 2] })[0]?.bound).toBe("2");
  });

  it("names both bounds where a worse value is rejected", () => {
    expect(askedBy({ ...RULE, reject: 64 }).map((asked) => asked.outcome)).toEqual(["review", "reject"]);
  });

  it("is none or all where nothing else is taken", () => {
    const plain = { ...RULE, unit: "" };
    expect(askedBy({ ...plain, comparator: "above", review: 0 })[0]?.sign).toBe("none");
    expect(askedBy({ ...plain, review: 1 })[0]?.sign).toBe("yes");
  });
});

it("groups rules by the part they look at", () => {
  expect(byModality([RULE, { ...RULE, modality: "audio" }, RULE]).map(([name]) => name)).toEqual([
    "reference_images",
    "audio",
  ]);
});
