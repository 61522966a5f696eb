import { describe, expect, test } from "vitest";

import fixture from "./key-frames.fixture.json";
import { type Clock, type Easing, type KeyFrame, standardKey } from "./keys";
import { readNpy, writeNpy } from "./npy";
import { FINE, keysThrough, positionAt, rotationAt } from "./poses";
import { movedFrom, PRESETS, type Preset } from "./presets";
import {
  angleBetween,
  anglesOf,
  axesOf,
  distance,
  dot,
  fromAngles,
  lookingAt,
  type Quaternion,
} from "./quaternions";
import { samplePath } from "./sampling";

const KEYS = fixture.keys.map((key, id): KeyFrame => ({
  id,
  timeS: key.time_s,
  position: key.position as KeyFrame["position"],
  aim: { kind: "rotation", rotation: key.rotation as Quaternion },
  fx: key.fx,
  easing: key.easing as Easing,
}));
const CLOCK: Clock = { fps: 10, frames: 15 };

describe.each(["smooth", "straight"] as const)("a %s course", (course) => {
  test("is the one that the platform makes of the same key frames", () => {
    const path = samplePath(KEYS, CLOCK, 16 / 9, course);
    fixture[course].c2w.forEach((pose, frame) =>
      pose.forEach((value, i) => expect(path.c2w[frame * 16 + i]).toBeCloseTo(value, 7)),
    );
    fixture[course].fx.forEach((fx, frame) => expect(path.intrinsics[frame * 4]).toBeCloseTo(fx, 7));
  });

  test("passes through its key frames", () => {
    const path = samplePath(KEYS, CLOCK, 16 / 9, course);
    expect(distance(positionAt(path, 4), KEYS[1]!.position)).toBeLessThan(1e-9);
    expect(distance(positionAt(path, 14), KEYS[3]!.position)).toBeLessThan(1e-9);
  });
});

test("poses survive their file, which begins like NumPy's", () => {
  const path = samplePath(KEYS, CLOCK, 1, "smooth");
  const file = writeNpy(path.c2w);
  expect(readNpy(file.buffer)).toEqual(path.c2w);
  expect((file.length - path.c2w.length * 8) % 64).toBe(0);
});

test("key frames found in a path tell it again within the tolerance", () => {
  const clock = { fps: 24, frames: 240 };
  const path = samplePath(
    movedFrom(standardKey(), { preset: "orbit", amount: 200, startS: 0, endS: 9 }),
    clock,
    1.5,
    "smooth",
  );
  const keys = keysThrough(path, clock);
  const again = samplePath(keys, clock, 1.5, "straight");
  expect(keys.length).toBeLessThan(120);
  for (let frame = 0; frame < clock.frames; frame += 1) {
    expect(distance(positionAt(again, frame), positionAt(path, frame))).toBeLessThanOrEqual(FINE.metres);
    expect(angleBetween(rotationAt(again, frame), rotationAt(path, frame))).toBeLessThanOrEqual(
      FINE.radians + 1e-6,
    );
  }
});

test("a level camera's right lies in the horizon and its picture is upright", () => {
  const { right, down } = axesOf(lookingAt([3, 2, 1], [0, 1, -4]));
  expect(right[1]).toBeCloseTo(0);
  expect(down[1]).toBeLessThan(0);
});

test.each([
  [10, 20, 5],
  [200, -40, -30],
  [359, 0, 0],
])("heading %s, pitch %s and roll %s come back", (h, p, r) => {
  const angles = anglesOf(fromAngles(h, p, r));
  expect([angles.heading, angles.pitch, angles.roll].map((v) => Math.round(v * 1e6) / 1e6 + 0)).toEqual([
    h,
    p,
    r,
  ]);
});

test.each(Object.keys(PRESETS) as Preset[])("the move %s fills its stretch of time", (preset) => {
  const keys = movedFrom(standardKey(), { preset, amount: PRESETS[preset].amount, startS: 1, endS: 3 });
  expect(keys[0]!.timeS).toBe(1);
  expect(keys.at(-1)!.timeS).toBeCloseTo(3);
});

test("positive amounts go right, up and in", () => {
  const start = standardKey();
  const moved = (preset: Preset) => movedFrom(start, { preset, amount: 1, startS: 0, endS: 1 }).at(-1)!;
  expect(moved("truck").position[0]).toBeCloseTo(1);
  expect(moved("pedestal").position[1]).toBeCloseTo(start.position[1] + 1);
  expect(moved("dolly").position[2]).toBeLessThan(start.position[2]);
  const panned = moved("pan").aim as { rotation: Quaternion };
  expect(dot(axesOf(panned.rotation).forward, [1, 0, 0])).toBeGreaterThan(0);
  const tilted = moved("tilt").aim as { rotation: Quaternion };
  expect(axesOf(tilted.rotation).forward[1]).toBeGreaterThan(
    axesOf(lookingAt([0, 1.6, 5], [0, 1.2, 0])).forward[1],
  );
});
