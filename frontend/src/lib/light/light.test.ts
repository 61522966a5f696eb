import { expect, test } from "vitest";

import { turnedLatlong } from "./latlong";
import {
  anglesOf,
  arrivingLux,
  changedTo,
  contrastStops,
  newLamp,
  placed,
  placeOf,
  PRESETS,
  towards,
} from "./lamps";
import { rgbOfKelvin } from "./whites";

// As the platform computes them (record/lighting/whites.py), luminance 1.
test.each([
  [2000, [2.5202, 0.6469, 0.0204]],
  [3200, [1.6798, 0.8659, 0.3258]],
  [5600, [1.1323, 0.9727, 0.8809]],
  [10000, [0.8718, 0.9947, 1.43]],
  [40000, [0.701, 0.9834, 2.0452]],
])("%s K has the platform's colour", (kelvin, wanted) => {
  rgbOfKelvin(kelvin).forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThan(0.05));
});

test("azimuth runs clockwise from north, which is -Z", () => {
  expect(towards({ azimuthDeg: 90, elevationDeg: 0 })[0]).toBeCloseTo(1);
  expect(towards({ azimuthDeg: 0, elevationDeg: 0 })[2]).toBeCloseTo(-1);
  const angles = anglesOf(towards({ azimuthDeg: 300, elevationDeg: -20 }));
  expect([angles.azimuthDeg, angles.elevationDeg].map(Math.round)).toEqual([300, -20]);
});

test("a lamp that is moved shines at the subject from there", () => {
  const moved = placed(newLamp(), { azimuthDeg: 10, elevationDeg: 60, distanceM: 4 });
  const place = placeOf(moved);
  expect(place.azimuthDeg).toBeCloseTo(10);
  expect(place.elevationDeg).toBeCloseTo(60);
  expect(place.distanceM).toBeCloseTo(4);
});

test.each(["directional", "point", "spot"] as const)("a lamp made %s gives the same light", (type) => {
  const lamp = newLamp();
  const changed = changedTo(lamp, type);
  expect(arrivingLux(changed)).toBeCloseTo(arrivingLux(lamp));
  expect(changed.unit === "lx").toBe(type === "directional");
});

test("the three-point set has between one and three stops of contrast", () => {
  const stops = contrastStops(PRESETS.three_point().lights ?? []);
  expect(stops).toBeGreaterThan(1);
  expect(stops).toBeLessThan(3);
});

test("a map's +X, a quarter left of its middle, comes to the middle of three.js's", () => {
  const [width, height] = [8, 4];
  const data = new Float32Array(width * height * 4);
  for (let row = 0; row < height; row += 1) data[(row * width + 2) * 4] = 7; // columns 2 of 8: longitude +X
  const turned = turnedLatlong({ data, width, height }, [1, 0, 0, 0, 1, 0, 0, 0, 1], 16);
  const middle = (turned.height / 2) * turned.width + 7; // just left of +X, where the source's column 2 begins
  expect([turned.data[middle * 4], turned.data[(middle + 1) * 4]]).toContain(7);
  const south = (turned.height / 2) * turned.width + 12;
  expect(turned.data[south * 4]).toBe(0);
});
