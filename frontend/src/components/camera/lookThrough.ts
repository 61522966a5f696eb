import type { PerspectiveCamera } from "three";

import type { SampledPath } from "@/lib/camera/sampling";

export const NEAR_M = 0.05;
export const FAR_M = 500;

/** Puts a three.js camera where the path is at a frame, with that frame's field of view and centre. */
export function lookThrough(
  camera: PerspectiveCamera,
  { c2w, intrinsics }: SampledPath,
  frame: number,
): void {
  // OpenCV's axes are WebGL's with y and z turned round.
  const row = (r: number) => {
    const at = frame * 16 + r * 4;
    return [c2w[at]!, -c2w[at + 1]!, -c2w[at + 2]!, c2w[at + 3]!] as const;
  };
  camera.matrix.set(...row(0), ...row(1), ...row(2), 0, 0, 0, 1);
  camera.matrixWorldNeedsUpdate = true;
  const [fx, fy, cx, cy] = [0, 1, 2, 3].map((i) => intrinsics[frame * 4 + i]!) as [
    number,
    number,
    number,
    number,
  ];
  camera.projectionMatrix.makePerspective(
    (-cx / fx) * NEAR_M,
    ((1 - cx) / fx) * NEAR_M,
    (cy / fy) * NEAR_M,
    (-(1 - cy) / fy) * NEAR_M,
    NEAR_M,
    FAR_M,
  );
  camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert();
}
