/** The poses between key frames, one for each frame: the same curve as the API's `/cameras/resample`. */
import { type Clock, type Course, type Easing, type KeyFrame, rotationOf } from "./keys";
import { axesOf, normalised, type Quaternion, slerp } from "./quaternions";

/** `c2w`: 16 numbers a frame, row by row, OpenCV camera to world; `intrinsics`: fx, fy, cx, cy a frame. */
export type SampledPath = { frames: number; c2w: Float64Array; intrinsics: Float64Array };

const SLACK_S = 1e-6; // a frame that is a rounding error past a key frame is at it
const CHANNELS = 8; // x, y, z, log fx, then the quaternion

const EASE: Record<Easing, (share: number) => number> = {
  linear: (s) => s,
  ease_in: (s) => s * s,
  ease_out: (s) => 1 - (1 - s) ** 2,
  ease_in_out: (s) => s * s * (3 - 2 * s),
};

/**
 * Before the first key frame and after the last the camera stands. A `smooth` course passes through every key frame
 * with its speed unbroken; a `straight` one goes the shortest way and turns evenly.
 */
export function samplePath(keys: KeyFrame[], clock: Clock, aspect: number, course: Course): SampledPath {
  const path = emptyPath(clock.frames);
  const values = keys.map(valuesOf);
  align(values);
  const cubic = course === "smooth" && keys.length > 2;
  const slopes = cubic ? slopesOf(values, keys) : [];
  let left = 0;
  for (let frame = 0; frame < clock.frames; frame += 1) {
    const now = Math.min(Math.max(frame / clock.fps, keys[0]!.timeS), keys.at(-1)!.timeS);
    while (left < keys.length - 2 && keys[left + 1]!.timeS <= now + SLACK_S) left += 1;
    const right = Math.min(left + 1, keys.length - 1);
    const span = keys[right]!.timeS - keys[left]!.timeS || 1;
    const share = EASE[keys[left]!.easing](Math.min(1, Math.max(0, (now - keys[left]!.timeS) / span)));
    const at = cubic
      ? hermite(values[left]!, values[right]!, slopes[left]!, slopes[right]!, span, share)
      : straight(values[left]!, values[right]!, share);
    write(path, frame, at, aspect);
  }
  return path;
}

export function emptyPath(frames: number): SampledPath {
  return { frames, c2w: new Float64Array(frames * 16), intrinsics: new Float64Array(frames * 4) };
}

function valuesOf(key: KeyFrame): number[] {
  return [...key.position, Math.log(key.fx), ...normalised(rotationOf(key))];
}

/** Each quaternion with the sign that is nearer to the one before. */
function align(values: number[][]): void {
  for (let i = 1; i < values.length; i += 1) {
    const [before, own] = [values[i - 1]!, values[i]!];
    let cosine = 0;
    for (let c = 4; c < CHANNELS; c += 1) cosine += before[c]! * own[c]!;
    if (cosine < 0) for (let c = 4; c < CHANNELS; c += 1) own[c] = -own[c]!;
  }
}

/** The slope at each key frame is that of the parabola through it and its neighbours. */
function slopesOf(values: number[][], keys: KeyFrame[]): number[][] {
  const last = values.length - 1;
  return values.map((_, i) => {
    const middle = Math.min(Math.max(i, 1), last - 1);
    const [a, b, c] = [keys[middle - 1]!.timeS, keys[middle]!.timeS, keys[middle + 1]!.timeS];
    const t = keys[i]!.timeS;
    const weights = [
      (2 * t - b - c) / ((a - b) * (a - c)),
      (2 * t - a - c) / ((b - a) * (b - c)),
      (2 * t - a - b) / ((c - a) * (c - b)),
    ];
    return Array.from({ length: CHANNELS }, (_, channel) =>
      weights.reduce((sum, weight, k) => sum + weight * values[middle - 1 + k]![channel]!, 0),
    );
  });
}

function hermite(a: number[], b: number[], da: number[], db: number[], span: number, s: number): number[] {
  const [h00, h10] = [(1 + 2 * s) * (1 - s) ** 2, s * (1 - s) ** 2 * span];
  const [h01, h11] = [s * s * (3 - 2 * s), s * s * (s - 1) * span];
  return a.map((value, c) => h00 * value + h10 * da[c]! + h01 * b[c]! + h11 * db[c]!);
}

function straight(a: number[], b: number[], share: number): number[] {
  const moved = a.slice(0, 4).map((value, c) => value + (b[c]! - value) * share);
  return [...moved, ...slerp(a.slice(4) as Quaternion, b.slice(4) as Quaternion, share)];
}

function write(path: SampledPath, frame: number, at: number[], aspect: number): void {
  const { right, down, forward } = axesOf(at.slice(4) as Quaternion);
  const pose = path.c2w.subarray(frame * 16, frame * 16 + 16);
  for (let row = 0; row < 3; row += 1) pose.set([right[row]!, down[row]!, forward[row]!, at[row]!], row * 4);
  pose[15] = 1;
  const fx = Math.exp(at[3]!);
  path.intrinsics.set([fx, fx * aspect, 0.5, 0.5], frame * 4);
}
