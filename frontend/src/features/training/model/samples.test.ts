import { expect, test } from "vitest";

import type { RunSample } from "../api/list-samples";
import { stripsOf } from "./samples";

const made = (step: number, index: number) => ({ step, index, caption: `shot ${index}` }) as RunSample;

test("each shot has its strip, the earliest step first", () => {
  const strips = stripsOf([made(20, 1), made(20, 0), made(0, 1), made(0, 0)]);
  expect(strips.map(({ caption }) => caption)).toEqual(["shot 0", "shot 1"]);
  expect(strips.map(({ samples }) => samples.map(({ step }) => step))).toEqual([
    [0, 20],
    [0, 20],
  ]);
});
