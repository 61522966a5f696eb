/** Paths and pyramids of sight as lines: one draw call however many poses there are. */
import { BufferAttribute, BufferGeometry, type Color, Line, LineBasicMaterial, LineSegments } from "three";

import type { SampledPath } from "@/lib/camera/sampling";

const MOST_FRUSTA = 500;
const POINTS = 16; // eight edges of a pyramid
const EDGES = [0, 1, 0, 2, 0, 3, 0, 4, 1, 2, 2, 3, 3, 4, 4, 1];

/** Lines whose points can be given anew; the buffer grows and never shrinks. */
export class Strokes<L extends Line | LineSegments> {
  readonly material: LineBasicMaterial;

  constructor(
    readonly lines: L,
    colour: Color,
    opacity = 1,
  ) {
    this.material = new LineBasicMaterial({ color: colour, transparent: opacity < 1, opacity });
    lines.material = this.material;
    lines.frustumCulled = false;
  }

  room(points: number): Float32Array {
    const held = this.lines.geometry.getAttribute("position") as BufferAttribute | undefined;
    if (!held || held.count < points) {
      this.lines.geometry.dispose();
      this.lines.geometry = new BufferGeometry();
      this.lines.geometry.setAttribute("position", new BufferAttribute(new Float32Array(points * 3), 3));
    }
    const attribute = this.lines.geometry.getAttribute("position") as BufferAttribute;
    attribute.needsUpdate = true;
    this.lines.geometry.setDrawRange(0, points);
    return attribute.array as Float32Array;
  }

  dispose(): void {
    this.lines.geometry.dispose();
    this.material.dispose();
  }
}

export function strokes(colour: Color, opacity: number): Strokes<LineSegments> {
  return new Strokes(new LineSegments(), colour, opacity);
}

export function track(colour: Color): Strokes<Line> {
  return new Strokes(new Line(), colour);
}

export function drawTrack(into: Strokes<Line>, path: SampledPath): void {
  const points = into.room(path.frames);
  for (let frame = 0; frame < path.frames; frame += 1)
    for (let row = 0; row < 3; row += 1) points[frame * 3 + row] = path.c2w[frame * 16 + row * 4 + 3]!;
}

export function drawFrusta(into: Strokes<LineSegments>, path: SampledPath, depth: number): void {
  const stride = Math.ceil(path.frames / MOST_FRUSTA);
  const count = Math.ceil(path.frames / stride);
  const points = into.room(count * POINTS);
  for (let i = 0; i < count; i += 1) writeFrustum(points, i * POINTS * 3, path, i * stride, depth);
}

/** The eight edges of one frame's pyramid, `depth` metres long. */
export function writeFrustum(
  into: Float32Array,
  offset: number,
  path: SampledPath,
  frame: number,
  depth: number,
): void {
  const pose = frame * 16;
  const [fx, fy, cx, cy] = [0, 1, 2, 3].map((i) => path.intrinsics[frame * 4 + i]!) as [
    number,
    number,
    number,
    number,
  ];
  const [left, right, top, bottom] = [-cx / fx, (1 - cx) / fx, -cy / fy, (1 - cy) / fy];
  const x = [0, left, right, right, left];
  const y = [0, top, top, bottom, bottom];
  let at = offset;
  for (const corner of EDGES)
    for (let row = 0; row < 3; row += 1) {
      const m = pose + row * 4;
      const ahead = corner === 0 ? 0 : depth;
      into[at] =
        path.c2w[m]! * x[corner]! * ahead +
        path.c2w[m + 1]! * y[corner]! * ahead +
        path.c2w[m + 2]! * ahead +
        path.c2w[m + 3]!;
      at += 1;
    }
}
