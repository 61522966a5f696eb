import { useTranslation } from "react-i18next";

import { NumberField } from "@/components/ui/NumberField";

import { changeSensor, giveFocal } from "./editing";
import { usePlayhead } from "./playhead";
import type { Editor } from "./useEditor";

const DEGREES = 180 / Math.PI;

/** A focal length in pictures' widths (0) or heights (1) at the frame that is shown. */
function useFocal({ path, playhead }: Editor, axis: 0 | 1): number {
  return usePlayhead(playhead, ({ frame }) => path.intrinsics[Math.min(frame, path.frames - 1) * 4 + axis]!);
}

function fieldOfView(focal: number): string {
  return `${(2 * Math.atan(0.5 / focal) * DEGREES).toFixed(1)}°`;
}

/** The sensor behind the focal lengths, how far the scene is, and what the lens sees at this frame. */
export function LensPanel({ editor }: { editor: Editor }) {
  const { t } = useTranslation("camera");
  const { edit, document, history, aspect } = editor;
  const fx = useFocal(editor, 0);
  const fy = useFocal(editor, 1);
  return (
    <section className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 rounded-md border border-line p-4">
      <h3 className="text-sm">{t("lens.title")}</h3>
      <div className="grid grid-cols-2 gap-2">
        {document.imported ? (
          <label className="grid gap-1 text-xs text-muted">
            {t("lens.focal_share")}
            <NumberField
              label={t("lens.focal_share")}
              value={fx}
              decimals={4}
              step={0.01}
              min={0.05}
              max={100}
              disabled={document.imported.intrinsics !== null}
              onChange={(value) => edit(giveFocal(value, aspect), "focal")}
              onSettled={history.seal}
            />
          </label>
        ) : (
          <label className="grid gap-1 text-xs text-muted">
            {t("lens.sensor")}
            <NumberField
              label={t("lens.sensor")}
              value={document.sensorMm}
              step={0.5}
              min={1}
              max={200}
              onChange={(value) => edit(changeSensor(value), "sensor")}
              onSettled={history.seal}
            />
          </label>
        )}
        <label className="grid gap-1 text-xs text-muted">
          {t("lens.depth")}
          <NumberField
            label={t("lens.depth")}
            value={document.depthM ?? 0}
            step={0.5}
            min={0}
            max={1e6}
            onChange={(value) => edit((before) => ({ ...before, depthM: value || null }), "depth")}
            onSettled={history.seal}
          />
        </label>
      </div>
      <dl className="grid grid-cols-2 gap-y-1 text-xs">
        <dt className="text-muted">{t("lens.horizontal")}</dt>
        <dd className="figures text-end">{fieldOfView(fx)}</dd>
        <dt className="text-muted">{t("lens.vertical")}</dt>
        <dd className="figures text-end">{fieldOfView(fy)}</dd>
      </dl>
    </section>
  );
}
