import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Failed, Skeleton } from "@/components/ui/states";
import type { Camera } from "@/lib/record";

import type { CameraEditorProps } from "./CameraEditor";
import { type Document, newDocument } from "./document";
import { loadPath } from "./importing";
import { recallKeys } from "./keyMemory";
import Workbench from "./Workbench";

/** Fetches the path that the record names; what the editor stored itself is not fetched again. */
export default function Loader({ value, onChange, ...rest }: CameraEditorProps) {
  const named = value?.poses?.asset ?? null;
  const [own, setOwn] = useState(named);
  const [origin, setOrigin] = useState(value);
  if (named !== own) {
    setOwn(named);
    setOrigin(value);
  }
  const asset = origin?.poses?.asset ?? null;
  const first = useQuery({
    queryKey: ["camera-document", asset],
    queryFn: ({ signal }) => firstDocument(origin, rest.aspect, signal),
    staleTime: Infinity,
    gcTime: 0,
  });
  if (first.isError) return <Failed error={first.error} onRetry={() => void first.refetch()} />;
  if (!first.data) return <Skeleton className="h-[32rem] w-full" />;
  const stored = (camera: Camera) => {
    setOwn(camera.poses?.asset ?? null);
    onChange?.(camera);
  };
  return (
    <Workbench
      key={asset ?? "new"}
      first={first.data}
      value={value}
      onChange={onChange && stored}
      {...rest}
    />
  );
}

async function firstDocument(camera: Camera | null, aspect: number, signal: AbortSignal): Promise<Document> {
  const blank = newDocument();
  if (!camera?.poses) return blank;
  const recalled = recallKeys(camera.poses.asset);
  if (recalled) return recalled;
  const sensorMm = camera.lens?.sensor_width_mm ?? blank.sensorMm;
  const imported = await loadPath(camera, aspect, signal);
  return {
    ...blank,
    keys: imported ? [] : blank.keys,
    sensorMm,
    depthM: camera.scene_depth_m ?? null,
    imported,
  };
}
