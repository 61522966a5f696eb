import { expect, test } from "vitest";

import { cardWidth, columnsIn, stepped } from "./columns";

test("a phone has two columns, a desk as many as fit", () => {
  expect([300, 358, 860, 1216].map(columnsIn)).toEqual([1, 2, 3, 5]);
  expect(cardWidth(860, 4)).toBe(203);
});

test("arrows go around a grid, mirrored where one reads from the right", () => {
  const grid = { columns: 4, count: 10, rightToLeft: false };
  expect(stepped("ArrowRight", 3, grid)).toBe(4);
  expect(stepped("ArrowRight", 3, { ...grid, rightToLeft: true })).toBe(2);
  expect(stepped("ArrowDown", 7, grid)).toBe(7);
  expect(stepped("ArrowDown", 5, grid)).toBe(9);
  expect(stepped("ArrowUp", 2, grid)).toBe(2);
  expect(stepped("End", 0, grid)).toBe(9);
  expect(stepped("x", 0, grid)).toBeNull();
});
