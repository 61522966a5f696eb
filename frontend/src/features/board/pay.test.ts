import { expect, it } from "vitest";

import { amountWei, shareBp } from "./pay";

it("multiplies exactly and rounds down once", () => {
  expect(amountWei("1000000000000000000", [4000, 6574, 10_000])).toBe(262_960_000_000_000_000n);
  expect(amountWei("3", [5000])).toBe(1n);
  expect(amountWei("7", [])).toBe(7n);
});

it("adds up the shares of the parts that are given", () => {
  const shares = { scene: 2000, audio: 2000, camera: 2000 };
  expect(shareBp(shares, new Set(["scene", "camera", "unknown"]))).toBe(4000);
});
