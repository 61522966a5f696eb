/** Rotations as unit quaternions (w, x, y, z) and as camera axes; OpenCV: x right, y down, z forward. */
import type { Vector } from "@/lib/record";

export type Quaternion = [number, number, number, number];

const STEEPEST = 1e-6; // straight up or down there is no level: the frame's right is then east
export const UP: Vector = [0, 1, 0];

export function add(a: Vector, b: Vector, scale = 1): Vector {
  return [a[0] + b[0] * scale, a[1] + b[1] * scale, a[2] + b[2] * scale];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function unit(a: Vector): Vector {
  const length = Math.hypot(...a) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
}

export function distance(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

export function normalised(q: Quaternion): Quaternion {
  const length = Math.hypot(...q) || 1;
  return [q[0] / length, q[1] / length, q[2] / length, q[3] / length];
}

/** First `b`, then `a`. */
export function product(a: Quaternion, b: Quaternion): Quaternion {
  return [
    a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
    a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
    a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
    a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0],
  ];
}

/** A turn about a unit axis, counter-clockwise seen from its tip, in radians. */
export function turn(axis: Vector, angle: number): Quaternion {
  const sine = Math.sin(angle / 2);
  return [Math.cos(angle / 2), axis[0] * sine, axis[1] * sine, axis[2] * sine];
}

/** Right, down and forward of a camera, as the columns of its rotation. */
export function axesOf(q: Quaternion): { right: Vector; down: Vector; forward: Vector } {
  const [w, x, y, z] = normalised(q);
  return {
    right: [1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)],
    down: [2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)],
    forward: [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)],
  };
}

/** Of a rotation by its columns; the largest component comes from the diagonal (Shepperd), w >= 0. */
export function fromAxes(right: Vector, down: Vector, forward: Vector): Quaternion {
  const [xx, yx, zx] = right;
  const [xy, yy, zy] = down;
  const [xz, yz, zz] = forward;
  const rows: Quaternion[] = [
    [1 + xx + yy + zz, zy - yz, xz - zx, yx - xy],
    [zy - yz, 1 + xx - yy - zz, xy + yx, xz + zx],
    [xz - zx, xy + yx, 1 - xx + yy - zz, yz + zy],
    [yx - xy, xz + zx, yz + zy, 1 - xx - yy + zz],
  ];
  const diagonal = rows.map((row, i) => row[i]!);
  const found = normalised(rows[diagonal.indexOf(Math.max(...diagonal))]!);
  return found[0] < 0 ? [-found[0], -found[1], -found[2], -found[3]] : found;
}

/** The rotation of a camera that looks at a point, level but for its roll (degrees, clockwise as the camera sees it). */
export function lookingAt(position: Vector, target: Vector, rollDeg = 0): Quaternion {
  const apart = add(target, position, -1);
  const forward = Math.hypot(...apart) < STEEPEST ? ([0, 0, -1] as Vector) : unit(apart);
  const level = cross(forward, UP);
  const right: Vector = Math.hypot(...level) > STEEPEST ? unit(level) : [1, 0, 0];
  const down = cross(forward, right);
  const roll = (rollDeg * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(roll), Math.sin(roll)];
  const turned = (a: Vector, b: Vector, s: number): Vector =>
    add([a[0] * cosine, a[1] * cosine, a[2] * cosine], b, s);
  return fromAxes(turned(right, down, sine), turned(down, right, -sine), forward);
}

/** Degrees against the world: heading clockwise from north, pitch above the horizon, roll clockwise. */
export function anglesOf(q: Quaternion): { heading: number; pitch: number; roll: number } {
  const { right, forward } = axesOf(q);
  const heading = Math.atan2(forward[0], -forward[2]);
  const level: Vector = [Math.cos(heading), 0, Math.sin(heading)];
  const down = cross(forward, level);
  const degrees = 180 / Math.PI;
  return {
    heading: (((heading * degrees) % 360) + 360) % 360,
    pitch: Math.asin(Math.max(-1, Math.min(1, forward[1]))) * degrees,
    roll: Math.atan2(dot(right, down), dot(right, level)) * degrees,
  };
}

/** The rotation of the three angles of `anglesOf`. */
export function fromAngles(heading: number, pitch: number, roll: number): Quaternion {
  const [h, p] = [(heading * Math.PI) / 180, (pitch * Math.PI) / 180];
  const forward: Vector = [Math.sin(h) * Math.cos(p), Math.sin(p), -Math.cos(h) * Math.cos(p)];
  const right: Vector = [Math.cos(h), 0, Math.sin(h)];
  const down = cross(forward, right);
  const [cosine, sine] = [Math.cos((roll * Math.PI) / 180), Math.sin((roll * Math.PI) / 180)];
  const mix = (a: Vector, b: Vector, s: number): Vector =>
    add([a[0] * cosine, a[1] * cosine, a[2] * cosine], b, s);
  return fromAxes(mix(right, down, sine), mix(down, right, -sine), forward);
}

/** The angle between two rotations in radians. */
export function angleBetween(a: Quaternion, b: Quaternion): number {
  const cosine = Math.abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]);
  return 2 * Math.acos(Math.min(1, cosine));
}

/** From `a` to `b` the shorter way, evenly. */
export function slerp(a: Quaternion, b: Quaternion, share: number): Quaternion {
  let cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const sign = cosine < 0 ? -1 : 1;
  cosine *= sign;
  const angle = Math.acos(Math.min(1, cosine));
  const sine = Math.sin(angle);
  const [p, q] =
    sine < 1e-6 ? [1 - share, share] : [Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine];
  return normalised(a.map((value, i) => value * p + b[i]! * q * sign) as Quaternion);
}
