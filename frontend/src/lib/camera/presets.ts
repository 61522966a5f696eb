/** Moves of a film set as key frames, from where the camera stands. */
import type { Vector } from "@/lib/record";

import { type KeyFrame, nextId, rotationOf } from "./keys";
import { add, axesOf, product, type Quaternion, turn, UP, unit } from "./quaternions";

/** `unit` says what the amount is; positive is in, right, up, clockwise or closer. */
export const PRESETS = {
  static: { unit: "", amount: 0 },
  dolly: { unit: "m", amount: 2 },
  truck: { unit: "m", amount: 2 },
  pedestal: { unit: "m", amount: 1 },
  pan: { unit: "°", amount: 40 },
  tilt: { unit: "°", amount: 20 },
  roll: { unit: "°", amount: 20 },
  orbit: { unit: "°", amount: 360 },
  arc: { unit: "°", amount: 60 },
  crane: { unit: "m", amount: 3 },
  zoom: { unit: "×", amount: 2 },
  handheld: { unit: "cm", amount: 3 },
} as const;
export type Preset = keyof typeof PRESETS;

export type Move = { preset: Preset; amount: number; startS: number; endS: number };

const ORBIT_STEP_DEG = 15;
const SHAKE_HZ = 6;
const RADIANS = Math.PI / 180;

/** The key frames of a move that begins at `from`. */
export function movedFrom(from: KeyFrame, move: Move): KeyFrame[] {
  const start: KeyFrame = { ...from, id: nextId(), timeS: move.startS, easing: "ease_in_out" };
  if (move.preset === "orbit" || move.preset === "arc") return around(start, move);
  if (move.preset === "handheld") return shaken(start, move);
  const end: KeyFrame = { ...start, ...changed(start, move), id: nextId(), timeS: move.endS };
  return [start, end];
}

function changed(start: KeyFrame, { preset, amount }: Move): Partial<KeyFrame> {
  const rotation = rotationOf(start);
  const { right, forward } = axesOf(rotation);
  switch (preset) {
    case "dolly":
      return slid(start, forward, amount);
    case "truck":
      return slid(start, right, amount);
    case "pedestal":
      return slid(start, UP, amount);
    case "crane":
      return { position: add(start.position, UP, amount), aim: heldOn(start) };
    case "pan":
      return turned(product(turn(UP, -amount * RADIANS), rotation));
    case "tilt":
      return turned(product(turn(right, amount * RADIANS), rotation));
    case "roll":
      return turned(product(turn(forward, amount * RADIANS), rotation));
    case "zoom":
      return { fx: start.fx * amount };
    default:
      return {};
  }
}

/** Moved along a direction, looking the same way. */
function slid(start: KeyFrame, along: Vector, metres: number): Partial<KeyFrame> {
  const position = add(start.position, along, metres);
  if (start.aim.kind === "rotation") return { position };
  return { position, aim: { ...start.aim, target: add(start.aim.target, along, metres) } };
}

function turned(rotation: Quaternion): Partial<KeyFrame> {
  return { aim: { kind: "rotation", rotation } };
}

/** What a camera looks at: its target, else the point on its axis nearest to the scene's middle. */
export function targetOf(key: KeyFrame): Vector {
  if (key.aim.kind === "look_at") return key.aim.target;
  const { forward } = axesOf(key.aim.rotation);
  const ahead = -(forward[0] * key.position[0] + forward[2] * key.position[2]);
  return add(key.position, forward, ahead > 0.5 ? ahead : 3);
}

function heldOn(key: KeyFrame): KeyFrame["aim"] {
  return {
    kind: "look_at",
    target: targetOf(key),
    rollDeg: key.aim.kind === "look_at" ? key.aim.rollDeg : 0,
  };
}

function around(start: KeyFrame, { amount, startS, endS }: Move): KeyFrame[] {
  const aim = heldOn(start);
  const target = targetOf(start);
  const steps = Math.max(2, Math.ceil(Math.abs(amount) / ORBIT_STEP_DEG));
  const offset = add(start.position, target, -1);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = (amount * RADIANS * step) / steps;
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const position = add(target, [
      offset[0] * cosine + offset[2] * sine,
      offset[1],
      offset[2] * cosine - offset[0] * sine,
    ]);
    const timeS = startS + ((endS - startS) * step) / steps;
    return { ...start, id: nextId(), timeS, position, aim, easing: "linear" as const };
  });
}

/** Held by hand: drift and sway that no two takes share, the same for the same place and time. */
function shaken(start: KeyFrame, { amount, startS, endS }: Move): KeyFrame[] {
  const steps = Math.max(2, Math.round((endS - startS) * SHAKE_HZ));
  const { right, forward } = axesOf(rotationOf(start));
  const size = amount / 100;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const timeS = startS + ((endS - startS) * step) / steps;
    const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((channel) => sway(timeS, channel)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const position = add(
      add(add(start.position, right, a * size), UP, b * size * 0.6),
      forward,
      c * size * 0.5,
    );
    const rotation = product(
      turn(UP, d * size * 0.35),
      product(turn(unit(right), e * size * 0.35), rotationOf(start)),
    );
    return {
      ...start,
      id: nextId(),
      timeS,
      position,
      aim: { kind: "rotation", rotation },
      easing: "linear" as const,
    };
  });
}

/** In [-1, 1]: three sines whose periods share no multiple. */
function sway(timeS: number, channel: number): number {
  const phase = channel * 2.399;
  const wave = (hz: number, shift: number) => Math.sin(timeS * 2 * Math.PI * hz + shift);
  return wave(0.31, phase) * 0.6 + wave(1.13, phase * 1.7) * 0.28 + wave(2.37, phase * 2.9) * 0.12;
}
