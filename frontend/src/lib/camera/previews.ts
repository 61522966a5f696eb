/** The API's preview of a path, as poses that can be drawn. */
import type { Schemas } from "@/lib/api";

import { emptyPath, type SampledPath } from "./sampling";

type Preview = Schemas["CameraPreviewOutput"];
type Vector = number[];

const HALF_DEG = Math.PI / 360;

/** A pose for each frame of the preview; a middling lens where it names none. */
export function pathOfPreview(preview: Preview, aspect: number): SampledPath {
  const path = emptyPath(preview.frames.length);
  preview.frames.forEach((_, i) => {
    const [forward, position] = [preview.forward[i] ?? [0, 0, -1], preview.positions[i] ?? [0, 0, 0]];
    const right = unit(cross(forward, preview.up[i] ?? [0, 1, 0]));
    const down = cross(forward, right);
    for (let row = 0; row < 3; row += 1)
      path.c2w.set([right[row]!, down[row]!, forward[row]!, position[row]!], i * 16 + row * 4);
    path.c2w[i * 16 + 15] = 1;
    path.intrinsics.set([...focals(preview.field_of_view_deg, i, aspect), 0.5, 0.5], i * 4);
  });
  return path;
}

function focals(fields: number[][] | null, frame: number, aspect: number): [number, number] {
  const [across, upright] = fields?.[frame] ?? fields?.[0] ?? [];
  if (!across || !upright) return [1, aspect];
  return [0.5 / Math.tan(across * HALF_DEG), 0.5 / Math.tan(upright * HALF_DEG)];
}

function cross([a = 0, b = 0, c = 0]: Vector, [x = 0, y = 0, z = 0]: Vector): Vector {
  return [b * z - c * y, c * x - a * z, a * y - b * x];
}

function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector);
  return length > 1e-9 ? vector.map((value) => value / length) : [1, 0, 0];
}
