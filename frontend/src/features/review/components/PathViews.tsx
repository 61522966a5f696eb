import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { PathView } from "@/components/camera/PathView";
import { Segmented } from "@/components/ui/Segmented";
import { Notice, Skeleton } from "@/components/ui/states";
import { pathOfPreview } from "@/lib/camera/previews";

import type { CameraPath } from "../api/read-camera-path";
import { useIdle } from "../hooks/use-idle";
import { usePlayer } from "../hooks/use-player";
import { pointAt, type View } from "../model/path";
import { PathPlan } from "./PathPlan";

/** The path in space with what its camera sees, or its plan; all follow the player. */
export function PathViews({ path, aspect }: { path: CameraPath; aspect: number }) {
  const { t } = useTranslation("review");
  const player = usePlayer();
  const [view, setView] = useState<View | "space">("space");
  const [flat, setFlat] = useState(false);
  const idle = useIdle(); // a stage takes a while to set up, and the item is to be seen at once
  const poses = useMemo(() => pathOfPreview(path, aspect), [path, aspect]);
  const follow = useMemo(() => {
    const frame = () => pointAt(path, player.state.frame / Math.max(1, player.frames - 1));
    return { frame, subscribe: player.subscribe };
  }, [path, player]);
  const planned = flat && view === "space" ? "top" : view;
  return (
    <div className="grid gap-2">
      <Segmented
        label={t("camera.view")}
        value={planned}
        onChange={setView}
        options={[
          { value: "space" as const, label: t("camera.space"), disabled: flat },
          { value: "top" as const, label: t("camera.top") },
          { value: "side" as const, label: t("camera.side") },
        ]}
      />
      {flat && <Notice>{t("camera.no_webgl")}</Notice>}
      {planned === "space" && !idle && <Skeleton className="aspect-[4/3] w-full" />}
      {planned === "space" && idle && (
        <PathView path={poses} aspect={aspect} follow={follow} onFailed={() => setFlat(true)} />
      )}
      {planned !== "space" && <PathPlan path={path} view={planned} />}
    </div>
  );
}
