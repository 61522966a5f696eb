import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Vector2 } from "three";

import { Segmented } from "@/components/ui/Segmented";
import { Notice } from "@/components/ui/states";

import { type Handle, HANDLES } from "./Gizmo";
import { OutsideViews } from "./OutsideViews";
import type { Editor } from "./useEditor";
import { useStage } from "./useStage";

/** From outside on the left, through the camera on the right: one canvas under both. */
export function Viewports({ editor, readOnly }: { editor: Editor; readOnly?: boolean }) {
  const { t } = useTranslation("camera");
  const [handle, setHandle] = useState<Handle>("position");
  const { made, failed, mount, outside } = useStage(editor, handle, readOnly);
  const { aspect } = editor;
  const pressed = useRef<[number, number]>([0, 0]);
  const pick = (event: React.PointerEvent) => {
    const box = outside.current?.getBoundingClientRect();
    const moved = Math.hypot(event.clientX - pressed.current[0], event.clientY - pressed.current[1]) > 4;
    if (!box || moved || made?.gizmo.busy) return;
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const id = made?.stage.keyAt(new Vector2(x * 2 - 1, 1 - y * 2));
    if (id) editor.goTo(editor.document.keys.find((key) => key.id === id));
  };
  if (failed) return <Notice tone="warn">{t("no_webgl")}</Notice>;
  return (
    <div className="grid gap-2">
      <div
        ref={mount}
        dir="ltr"
        className="relative grid overflow-hidden rounded-md border border-line bg-sunken md:grid-cols-2"
      >
        <canvas aria-hidden className="pointer-events-none absolute inset-0 size-full" />
        <div
          ref={outside}
          data-view="outside"
          onPointerDownCapture={(event) => (pressed.current = [event.clientX, event.clientY])}
          onPointerUp={pick}
          className="relative h-72 cursor-grab touch-none active:cursor-grabbing md:h-[26rem]"
        />
        <div className="relative grid h-64 place-items-center border-t border-line p-3 md:h-[26rem] md:border-s md:border-t-0">
          <div
            data-view="through"
            className="max-h-full max-w-full rounded-sm outline outline-1 outline-line-strong/60"
            style={{ aspectRatio: aspect, [aspect > 1 ? "width" : "height"]: "100%" }}
          />
        </div>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <OutsideViews onView={(from) => made?.stage.frameAll(from)} />
        {!readOnly && !editor.document.imported && (
          <Segmented
            label={t("handle.label")}
            value={handle}
            onChange={setHandle}
            options={HANDLES.map((value) => ({ value, label: t(`handle.${value}`) }))}
          />
        )}
      </div>
    </div>
  );
}
