import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { CameraStage } from "./CameraStage";
import { OutsideViews } from "./OutsideViews";
import type { PathViewProps } from "./PathView";

/** The path from outside, to be turned by dragging, and in its corner what the camera sees. */
export default function PathStage({ path, aspect, follow, onFailed }: PathViewProps) {
  const { t } = useTranslation("camera");
  const [stage, setStage] = useState<CameraStage | null>(null);
  const failed = useRef(onFailed);
  useEffect(() => {
    failed.current = onFailed;
  });
  const mount = useCallback((box: HTMLDivElement) => {
    const [canvas, outside, inside] = [
      box.querySelector("canvas"),
      box.querySelector<HTMLElement>("[data-view=outside]"),
      box.querySelector<HTMLElement>("[data-view=through]"),
    ];
    if (!canvas || !outside || !inside) return;
    let made: CameraStage;
    try {
      made = new CameraStage(canvas, outside, inside);
    } catch {
      failed.current();
      return;
    }
    made.orbit.enableZoom = false; // the wheel scrolls the page
    setStage(made);
    return () => made.dispose();
  }, []);
  useEffect(() => {
    stage?.setPath(path);
    stage?.frameAll();
  }, [stage, path]);
  useEffect(() => {
    if (!stage) return;
    const show = () => stage.setFrame(follow.frame());
    show();
    return follow.subscribe(show);
  }, [stage, follow]);
  return (
    <div className="grid gap-2">
      <div ref={mount} dir="ltr" className="relative overflow-hidden rounded-md bg-sunken">
        <canvas aria-hidden className="pointer-events-none absolute inset-0 size-full" />
        <div
          data-view="outside"
          role="img"
          aria-label={t("view.space")}
          className="aspect-[4/3] w-full cursor-grab touch-none active:cursor-grabbing"
        />
        <div
          data-view="through"
          className="pointer-events-none absolute right-2 bottom-2 w-2/5 rounded-sm outline outline-1 outline-line-strong"
          style={{ aspectRatio: aspect }}
        />
      </div>
      <OutsideViews onView={(from) => stage?.frameAll(from)} />
    </div>
  );
}
