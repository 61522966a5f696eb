import { lazy, Suspense } from "react";

import { Skeleton } from "@/components/ui/states";
import type { SampledPath } from "@/lib/camera/sampling";
import type { Camera, Timeline } from "@/lib/record";

export type CameraEditorProps = {
  /** The record's camera part; null where there is none yet. */
  value: Camera | null;
  timeline: Timeline;
  /** Width over height of the picture. */
  aspect: number;
  /** The new camera part, once its poses are stored (about two seconds after the last change). Left out: nothing is stored. */
  onChange?: (camera: Camera) => void;
  /** The path at every change, stored or not. */
  onPath?: (path: SampledPath) => void;
  /** To look at only: playback and the outside view, no editing. */
  readOnly?: boolean;
};

const Loader = lazy(() => import("./Loader"));

/** Author, import, play and measure a camera path. three.js is loaded when this is first shown. */
export function CameraEditor(props: CameraEditorProps) {
  return (
    <Suspense fallback={<Skeleton className="h-[32rem] w-full" />}>
      <Loader {...props} />
    </Suspense>
  );
}
