/** Key frames as the editor holds them. A record keeps the poses between them, one for each of its frames. */
import type { Vector } from "@/lib/record";

import { lookingAt, type Quaternion } from "./quaternions";

export const EASINGS = ["linear", "ease_in", "ease_out", "ease_in_out"] as const;
export type Easing = (typeof EASINGS)[number];
export const COURSES = ["smooth", "straight"] as const;
export type Course = (typeof COURSES)[number];

/** A point to look at, kept in view however the camera moves; or a rotation of its own. */
export type Aim =
  { kind: "look_at"; target: Vector; rollDeg: number } | { kind: "rotation"; rotation: Quaternion };

export type KeyFrame = {
  id: number;
  timeS: number;
  /** Metres: +X east, +Y up, -Z north. */
  position: Vector;
  aim: Aim;
  /** Focal length as a share of the frame's width. */
  fx: number;
  /** How the time goes by from here to the next key frame. */
  easing: Easing;
};

export type Clock = { fps: number; frames: number };

export const FULL_FRAME_MM = 36;
export const STANDARD_FX = 35 / FULL_FRAME_MM;

let last = 0;

export function nextId(): number {
  last += 1;
  return last;
}

export function rotationOf(key: Pick<KeyFrame, "position" | "aim">): Quaternion {
  return key.aim.kind === "rotation"
    ? key.aim.rotation
    : lookingAt(key.position, key.aim.target, key.aim.rollDeg);
}

export function standardKey(timeS = 0): KeyFrame {
  return {
    id: nextId(),
    timeS,
    position: [0, 1.6, 5],
    aim: { kind: "look_at", target: [0, 1.2, 0], rollDeg: 0 },
    fx: STANDARD_FX,
    easing: "ease_in_out",
  };
}

export function sorted(keys: KeyFrame[]): KeyFrame[] {
  return [...keys].sort((a, b) => a.timeS - b.timeS);
}

/** Times apart, so that the path has one pose for each: a key frame that meets another takes its place. */
export function withKey(keys: KeyFrame[], key: KeyFrame, clock: Clock): KeyFrame[] {
  const near = 0.5 / clock.fps;
  const others = keys.filter(({ id, timeS }) => id !== key.id && Math.abs(timeS - key.timeS) >= near);
  return sorted([...others, key]);
}

export function durationOf(clock: Clock): number {
  return Math.max(0, clock.frames - 1) / clock.fps;
}
