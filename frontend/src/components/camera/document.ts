/** What the camera editor works on, and its ways from and to the record's camera part. */
import { type Clock, type Course, FULL_FRAME_MM, type KeyFrame, standardKey } from "@/lib/camera/keys";
import { emptyPath, type SampledPath, samplePath } from "@/lib/camera/sampling";
import type { Camera, Intrinsics } from "@/lib/record";

export type Loss = { field: string; message: string };

/** A path that a file holds, kept frame for frame until somebody edits it. */
export type Imported = {
  asset: string;
  path: SampledPath;
  up: NonNullable<Camera["up"]>;
  source: Camera["source"];
  /** False while neither the file nor a person said the focal length: the picture is then drawn with a middling one. */
  hasFocal: boolean;
  intrinsics: Intrinsics | null;
  lens: Camera["lens"];
  losses: Loss[];
  notes: string[];
};

export type Document = {
  keys: KeyFrame[];
  course: Course;
  sensorMm: number;
  depthM: number | null;
  imported: Imported | null;
};

export function newDocument(): Document {
  return { keys: [standardKey()], course: "smooth", sensorMm: FULL_FRAME_MM, depthM: null, imported: null };
}

export function pathOf({ keys, course, imported }: Document, clock: Clock, aspect: number): SampledPath {
  return imported?.path ?? samplePath(keys, clock, aspect, course);
}

/** Canonical poses with the intrinsics of a record's part; a middling lens where it names none. */
export function withIntrinsics(
  c2w: Float64Array,
  intrinsics: Intrinsics | null | undefined,
  aspect: number,
): SampledPath {
  const path: SampledPath = { ...emptyPath(0), frames: c2w.length / 16, c2w };
  path.intrinsics = new Float64Array(path.frames * 4);
  const one = intrinsics
    ? [intrinsics.fx, intrinsics.fy, intrinsics.cx ?? 0.5, intrinsics.cy ?? 0.5]
    : [1, aspect, 0.5, 0.5];
  for (let frame = 0; frame < path.frames; frame += 1)
    path.intrinsics.set(intrinsics?.per_frame?.[frame] ?? one, frame * 4);
  return path;
}

/** The record's camera part, the path being stored as `asset`; what the editor does not touch stays. */
export function cameraOf(
  document: Document,
  path: SampledPath,
  asset: string,
  before: Camera | null,
): Camera {
  const { imported, sensorMm, depthM } = document;
  const intrinsics = intrinsicsOf(path, imported?.intrinsics ?? (imported ? null : before?.intrinsics));
  return {
    ...before,
    convention: "opencv_c2w",
    intrinsics: imported && !imported.hasFocal ? null : intrinsics,
    lens: imported
      ? imported.lens
      : { ...before?.lens, focal_mm: intrinsics.fx * sensorMm, sensor_width_mm: sensorMm },
    poses: { asset, count: path.frames, format: "npy" },
    source: imported?.source ?? "authored",
    up: imported?.up ?? "declared",
    scene_depth_m: depthM,
  };
}

function intrinsicsOf(path: SampledPath, known: Intrinsics | null | undefined): Intrinsics {
  const rows = Array.from({ length: path.frames }, (_, frame) => [
    ...path.intrinsics.subarray(frame * 4, frame * 4 + 4),
  ]) as [number, number, number, number][];
  const [fx, fy, cx, cy] = rows[0]!;
  const zooms = rows.some((row) => row.some((value, i) => Math.abs(value - rows[0]![i]!) > 1e-9));
  return { ...known, fx, fy, cx, cy, per_frame: zooms ? rows : null };
}
