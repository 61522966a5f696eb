import { expect, test } from "vitest";

import { isPart, present } from "./record-tree";

test("what is empty, however deep, is left out; zero and false are said", () => {
  const part = { a: null, b: [], c: { d: null, e: "" }, f: 0, g: false, h: ["x"] };
  expect(present(part).map(([name]) => name)).toEqual(["f", "g", "h"]);
});

test("a list of words is no part, a list of objects is one", () => {
  expect([["x"], [{ y: 1 }], { z: 1 }, "x", null].map(isPart)).toEqual([false, true, true, false, false]);
});
