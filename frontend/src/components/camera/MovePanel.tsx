import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { NumberField } from "@/components/ui/NumberField";
import { Segmented } from "@/components/ui/Segmented";
import { Select } from "@/components/ui/Select";
import { COURSES } from "@/lib/camera/keys";
import { type Preset, PRESETS } from "@/lib/camera/presets";

import { addMove } from "./editing";
import type { Editor } from "./useEditor";

const NAMES = Object.keys(PRESETS) as Preset[];

/** A move of the set, laid over a stretch of the path. */
export function MovePanel({ editor }: { editor: Editor }) {
  const { t } = useTranslation("camera");
  const { edit, path, clock, durationS, document } = editor;
  const [preset, setPreset] = useState<Preset>("dolly");
  const [amount, setAmount] = useState<number>(PRESETS.dolly.amount);
  const [from, setFrom] = useState(0);
  const [until, setUntil] = useState(durationS);
  const choose = (name: Preset) => {
    setPreset(name);
    setAmount(PRESETS[name].amount);
  };
  const endS = Math.min(until, durationS);
  const startS = Math.min(from, Math.max(0, endS - 1 / clock.fps));
  const { unit } = PRESETS[preset];
  return (
    <section className="grid gap-3 rounded-md border border-line p-4">
      <Select
        label={t("move.title")}
        value={preset}
        onChange={choose}
        options={NAMES.map((value) => ({ value, label: t(`move.${value}`) }))}
      />
      {preset !== "static" && (
        <label className="grid gap-1 text-xs text-muted">
          {t("move.amount", { unit })}
          <NumberField
            label={t("move.amount", { unit })}
            value={amount}
            onChange={setAmount}
            step={unit === "°" ? 5 : 0.5}
            min={preset === "zoom" ? 0.1 : -1000}
            max={1000}
          />
          <span>{t(`move.hint.${preset}`)}</span>
        </label>
      )}
      <div className="grid grid-cols-2 gap-2">
        <label className="grid gap-1 text-xs text-muted">
          {t("move.from")}
          <NumberField
            label={t("move.from")}
            value={from}
            onChange={setFrom}
            min={0}
            max={durationS}
            step={0.1}
          />
        </label>
        <label className="grid gap-1 text-xs text-muted">
          {t("move.until")}
          <NumberField
            label={t("move.until")}
            value={endS}
            onChange={setUntil}
            min={0}
            max={durationS}
            step={0.1}
          />
        </label>
      </div>
      <Button onClick={() => edit(addMove(path, { preset, amount, startS, endS }, clock))}>
        {t("move.add")}
      </Button>
      <div className="grid gap-1.5 border-t border-line pt-3">
        <span className="text-sm font-medium">{t("course.label")}</span>
        <Segmented
          label={t("course.label")}
          value={document.course}
          onChange={(course) => edit((before) => ({ ...before, course }))}
          options={COURSES.map((value) => ({ value, label: t(`course.${value}`) }))}
        />
      </div>
    </section>
  );
}
