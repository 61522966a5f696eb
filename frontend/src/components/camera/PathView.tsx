import { lazy, Suspense } from "react";

import { Skeleton } from "@/components/ui/states";
import type { SampledPath } from "@/lib/camera/sampling";

/** Which frame of the path is shown, and who wants to know when it changes. */
export type Following = { frame: () => number; subscribe: (changed: () => void) => () => void };

export type PathViewProps = {
  path: SampledPath;
  /** Width over height of the picture. */
  aspect: number;
  follow: Following;
  /** This browser draws no 3D. */
  onFailed: () => void;
};

const PathStage = lazy(() => import("./PathStage"));

/** A path to look at in space, with the picture that its camera has. three.js is loaded when this is first shown. */
export function PathView(props: PathViewProps) {
  return (
    <Suspense fallback={<Skeleton className="aspect-[4/3] w-full" />}>
      <PathStage {...props} />
    </Suspense>
  );
}
