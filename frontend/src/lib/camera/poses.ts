/** What sampled poses say: where a frame's camera is, what it sees, and the fewest key frames that tell the same. */
import type { Vector } from "@/lib/record";

import { type Clock, type KeyFrame, nextId } from "./keys";
import { angleBetween, distance, fromAxes, type Quaternion, slerp } from "./quaternions";
import type { SampledPath } from "./sampling";

export function positionAt(path: SampledPath, frame: number): Vector {
  const at = frame * 16;
  return [path.c2w[at + 3]!, path.c2w[at + 7]!, path.c2w[at + 11]!];
}

export function rotationAt(path: SampledPath, frame: number): Quaternion {
  const at = frame * 16;
  const column = (c: number): Vector => [path.c2w[at + c]!, path.c2w[at + 4 + c]!, path.c2w[at + 8 + c]!];
  return fromAxes(column(0), column(1), column(2));
}

export function fxAt(path: SampledPath, frame: number): number {
  return path.intrinsics[frame * 4]!;
}

/** A key frame with what the path is at a frame. */
export function keyAt(path: SampledPath, frame: number, clock: Clock): KeyFrame {
  return {
    id: nextId(),
    timeS: frame / clock.fps,
    position: positionAt(path, frame),
    aim: { kind: "rotation", rotation: rotationAt(path, frame) },
    fx: fxAt(path, frame),
    easing: "linear",
  };
}

export function nestedPoses(path: SampledPath): number[][][] {
  return Array.from({ length: path.frames }, (_, frame) =>
    [0, 4, 8, 12].map((row) => [...path.c2w.subarray(frame * 16 + row, frame * 16 + row + 4)]),
  );
}

export type Tolerance = { metres: number; radians: number; zoom: number };
export const FINE: Tolerance = { metres: 0.005, radians: 0.002, zoom: 0.002 };

/**
 * Key frames on a straight course that keep to the path within the tolerance (Ramer, Douglas and Peucker over time:
 * a stretch is split at its worst frame).
 */
export function keysThrough(path: SampledPath, clock: Clock, tolerance = FINE): KeyFrame[] {
  const kept = new Set([0, path.frames - 1]);
  const stretches: [number, number][] = [[0, path.frames - 1]];
  const turns = Array.from({ length: path.frames }, (_, frame) => rotationAt(path, frame));
  for (let stretch = stretches.pop(); stretch; stretch = stretches.pop()) {
    const worst = worstOf(path, turns, stretch, tolerance);
    if (worst === null) continue;
    kept.add(worst);
    stretches.push([stretch[0], worst], [worst, stretch[1]]);
  }
  return [...kept].sort((a, b) => a - b).map((frame) => keyAt(path, frame, clock));
}

function worstOf(
  path: SampledPath,
  turns: Quaternion[],
  [first, last]: [number, number],
  tolerance: Tolerance,
): number | null {
  let [worst, excess]: [number | null, number] = [null, 1];
  const [from, to] = [positionAt(path, first), positionAt(path, last)];
  const [near, far] = [Math.log(fxAt(path, first)), Math.log(fxAt(path, last))];
  for (let frame = first + 1; frame < last; frame += 1) {
    const share = (frame - first) / (last - first);
    const at = from.map((value, c) => value + (to[c]! - value) * share) as Vector;
    const off = Math.max(
      distance(at, positionAt(path, frame)) / tolerance.metres,
      angleBetween(slerp(turns[first]!, turns[last]!, share), turns[frame]!) / tolerance.radians,
      Math.abs(near + (far - near) * share - Math.log(fxAt(path, frame))) / tolerance.zoom,
    );
    if (off > excess) [worst, excess] = [frame, off];
  }
  return worst;
}
