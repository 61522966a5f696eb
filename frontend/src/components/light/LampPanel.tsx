import { useTranslation } from "react-i18next";

import { NativeSelect } from "@/components/ui/NativeSelect";
import { Slider } from "@/components/ui/Slider";
import { changedTo, DAYLIGHT_K, placed, placeOf } from "@/lib/light/lamps";
import type { Light } from "@/lib/record";

import { changeLamp, type LightEditing } from "./editing";
import { Figure } from "./Figure";

const ROLES = ["key", "fill", "rim", "practical", "ambient"] as const;
const TYPES = ["directional", "point", "spot", "area"] as const;

/** One lamp in figures: what it is, where it stands seen from the subject, how bright, warm and large. */
export function LampPanel({ editor, index, lamp }: { editor: LightEditing; index: number; lamp: Light }) {
  const { t } = useTranslation("light");
  const { edit, history } = editor;
  const place = placeOf(lamp);
  const change = (next: (lamp: Light) => Light, field: string) =>
    edit(changeLamp(index, next), `${field} ${index}`);
  const move = (part: Partial<typeof place>) =>
    change((old) => placed(old, { ...placeOf(old), ...part }), "place");
  const kelvin = lamp.cct_k ?? DAYLIGHT_K;
  const settled = { onSettled: history.seal };
  return (
    <section className="grid gap-3 rounded-md border border-line p-4">
      <h3 className="text-sm">{t("lamp.title", { number: index + 1 })}</h3>
      <div className="grid grid-cols-2 gap-2">
        <NativeSelect
          label={t("lamp.role")}
          value={lamp.role}
          options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(role) => edit(changeLamp(index, (old) => ({ ...old, role })))}
        />
        <NativeSelect
          label={t("lamp.type")}
          value={lamp.type}
          options={TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
          onChange={(type) => edit(changeLamp(index, (old) => changedTo(old, type)))}
        />
        <Figure
          label={t("azimuth")}
          value={place.azimuthDeg}
          step={5}
          {...settled}
          onChange={(v) => move({ azimuthDeg: ((v % 360) + 360) % 360 })}
        />
        <Figure
          label={t("elevation")}
          value={place.elevationDeg}
          min={-89}
          max={89}
          step={5}
          {...settled}
          onChange={(elevationDeg) => move({ elevationDeg })}
        />
        {place.distanceM !== null && (
          <Figure
            label={t("distance")}
            value={place.distanceM}
            min={0.05}
            max={1000}
            step={0.25}
            {...settled}
            onChange={(distanceM) => move({ distanceM })}
          />
        )}
        <Figure
          label={t("softness")}
          value={lamp.softness_deg ?? 0}
          min={0}
          max={180}
          {...settled}
          onChange={(softness_deg) => change((old) => ({ ...old, softness_deg }), "softness")}
        />
        <Figure
          label={t("intensity", { unit: lamp.unit })}
          value={lamp.intensity}
          min={0.01}
          max={1e9}
          step={Math.max(1, lamp.intensity / 20)}
          {...settled}
          onChange={(intensity) => change((old) => ({ ...old, intensity }), "intensity")}
        />
        {lamp.type !== "directional" && (
          <label className="grid content-end gap-1 text-xs text-muted">
            {t("unit")}
            <NativeSelect
              label={t("unit")}
              value={lamp.unit}
              options={(["cd", "lm"] as const).map((value) => ({ value, label: value }))}
              onChange={(unit) => edit(changeLamp(index, (old) => ({ ...old, unit })))}
            />
          </label>
        )}
      </div>
      <Slider
        label={t("cct")}
        value={kelvin}
        min={1000}
        max={12_000}
        step={50}
        shown={`${kelvin} K`}
        onChange={(cct_k) => change((old) => ({ ...old, cct_k }), "cct")}
        onCommit={history.seal}
      />
    </section>
  );
}
