import { expect, test } from "vitest";

import { columns, metricNames, smoothed, thinned } from "./curves";

const points = [
  { step: 1, values: { loss: 1, lr: 0.1, step: 1, with_video: 4 } },
  { step: 2, values: { loss: 0.5, lr: 0.1, step: 2, with_video: 4 } },
];

test("counters are no curves", () => {
  expect(metricNames(points)).toEqual(["loss", "lr"]);
});

test("smoothing starts at the first value and goes around gaps", () => {
  expect(smoothed([1, null, 0.5], 0.5)).toEqual([1, null, 2 / 3]);
  expect(smoothed([1, 0.5], 0)).toEqual([1, 0.5]);
});

test("runs with different steps share one axis", () => {
  const other = {
    name: "b",
    points: [
      { step: 2, values: { loss: 3 } },
      { step: 5, values: { loss: "no number" } },
    ],
  };
  expect(columns([{ name: "a", points }, other], "loss", 0)).toEqual([
    [1, 2, 5],
    [1, 0.5, null],
    [null, 3, null],
  ]);
});

test("the table keeps the last step", () => {
  const steps = Array.from({ length: 1000 }, (_, step) => step);
  const rows = thinned([steps, steps], 20);
  expect(rows.length).toBeLessThanOrEqual(20);
  expect(rows.at(-1)?.step).toBe(999);
});
