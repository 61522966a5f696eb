import { lazy, Suspense } from "react";

import { Skeleton } from "@/components/ui/states";
import type { Lighting } from "@/lib/record";

export type LightEditorProps = {
  /** The record's lighting; null where there is none yet. */
  value: Lighting | null;
  /** Told at every change. */
  onChange?: (lighting: Lighting) => void;
  readOnly?: boolean;
};

const LightBench = lazy(() => import("./LightBench"));

/** Set the light of a scene: sun, lamps, environment map, harmonics. three.js is loaded when this is first shown. */
export function LightEditor(props: LightEditorProps) {
  return (
    <Suspense fallback={<Skeleton className="h-[32rem] w-full" />}>
      <LightBench {...props} />
    </Suspense>
  );
}
