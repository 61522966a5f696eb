import { useTranslation } from "react-i18next";

import { NumberField } from "@/components/ui/NumberField";

import { changeSensor, giveFocal } from "./editing";
import { usePlayhead } from "./playhead";
import type { Editor } from "./useEditor";

const DEGREES = 180 / Math.PI;

/** The sensor behind the focal lengths, how far the scene is, and what the lens sees at this frame. */
export function LensPanel({ editor }: { editor: Editor }) {
  const { t } = useTranslation("camera");
  const { edit, document, path, playhead, history, aspect } = editor;
  const { frame } = usePlayhead(playhead);
  const shown = Math.min(frame, path.frames - 1) * 4;
  const [fx, fy] = [path.intrinsics[shown]!, path.intrinsics[shown + 1]!];
  const field = (length: number) => `${(2 * Math.atan(0.5 / length) * DEGREES).toFixed(1)}°`;
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
        <dd className="figures text-end">{field(fx)}</dd>
        <dt className="text-muted">{t("lens.vertical")}</dt>
        <dd className="figures text-end">{field(fy)}</dd>
      </dl>
    </section>
  );
}
