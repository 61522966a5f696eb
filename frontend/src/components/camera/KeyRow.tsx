import { LocateFixed, Trash2 } from "lucide-react";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/IconButton";
import { NativeSelect } from "@/components/ui/NativeSelect";
import { NumberField } from "@/components/ui/NumberField";
import { EASINGS, type KeyFrame } from "@/lib/camera/keys";
import { anglesOf, fromAngles } from "@/lib/camera/quaternions";
import type { Vector } from "@/lib/record";

import { changeAim, changeKey } from "./editing";
import type { Editor } from "./useEditor";

export const COLUMNS =
  "grid items-center gap-1 px-2 [grid-template-columns:5rem_repeat(3,minmax(4.5rem,1fr))_6.5rem_repeat(3,minmax(4.5rem,1fr))_4.5rem_4.5rem_9.5rem_4.75rem]";
const AIMS = ["look_at", "rotation"] as const;

type Props = { editor: Editor; item: KeyFrame; index: number; readOnly?: boolean; style: CSSProperties };

/** One key frame in figures: a point looked at in metres, or heading, pitch and roll in degrees. */
export function KeyRow({ editor, item, index, readOnly, style }: Props) {
  const { t } = useTranslation("camera");
  const { clock, document, edit, history, chosen } = editor;
  const change = (part: Partial<KeyFrame>, field: string) =>
    edit(changeKey(item.id, part, clock), `${field} ${item.id}`);
  const cell = (name: string, field: string, value: number, put: (value: number) => void, step = 0.1) => (
    <span role="cell" key={name}>
      <NumberField
        label={t("keys.of", { field: t(`keys.${field}`), number: index + 1 })}
        {...{ value, step }}
        disabled={readOnly}
        onChange={put}
        onSettled={history.seal}
      />
    </span>
  );
  const figures = aimFigures(item);
  const focal = item.fx * document.sensorMm;
  const replaced = (vector: Vector, at: number, value: number) =>
    vector.map((old, i) => (i === at ? value : old)) as Vector;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={item.id === chosen?.id}
      style={style}
      className={`${COLUMNS} border-b border-line aria-selected:bg-tungsten-soft/40`}
    >
      {cell(
        "time",
        "time",
        item.timeS,
        (timeS) => change({ timeS: Math.max(0, timeS) }, "time"),
        1 / clock.fps,
      )}
      {["x", "y", "z"].map((axis, i) =>
        cell(axis, axis, item.position[i]!, (v) => change({ position: replaced(item.position, i, v) }, axis)),
      )}
      <span role="cell">
        <NativeSelect
          label={t("keys.of", { field: t("keys.aim"), number: index + 1 })}
          value={item.aim.kind}
          disabled={readOnly}
          options={AIMS.map((value) => ({ value, label: t(`aim.${value}`) }))}
          onChange={(kind) => edit(changeAim(item, kind, clock))}
        />
      </span>
      {["a", "b", "c"].map((axis, i) =>
        item.aim.kind === "rotation" && axis === "c" ? (
          <span role="cell" key={axis} className="px-2 text-muted">
            –
          </span>
        ) : (
          cell(
            axis,
            item.aim.kind === "look_at" ? `target_${"xyz"[i]}` : ["heading", "pitch"][i]!,
            figures[i]!,
            (v) => change({ aim: withFigure(item, i, v) }, axis),
            item.aim.kind === "look_at" ? 0.1 : 1,
          )
        ),
      )}
      {cell("roll", "roll", figures[3], (v) => change({ aim: withFigure(item, 3, v) }, "roll"), 1)}
      {cell("focal", "focal", focal, (mm) => change({ fx: Math.max(1, mm) / document.sensorMm }, "focal"), 1)}
      <span role="cell">
        <NativeSelect
          label={t("keys.of", { field: t("keys.easing"), number: index + 1 })}
          value={item.easing}
          disabled={readOnly}
          options={EASINGS.map((value) => ({ value, label: t(`easing.${value}`) }))}
          onChange={(easing) => edit(changeKey(item.id, { easing }, clock))}
        />
      </span>
      <span role="cell" className="flex">
        <IconButton
          label={t("keys.go", { number: index + 1 })}
          icon={<LocateFixed />}
          onClick={() => editor.goTo(item)}
        />
        {!readOnly && (
          <IconButton
            label={t("keys.drop", { number: index + 1 })}
            icon={<Trash2 />}
            disabled={document.keys.length < 2}
            onClick={() => editor.drop(item.id)}
          />
        )}
      </span>
    </div>
  );
}

/** The target, or heading and pitch; then the roll. */
function aimFigures({ aim }: KeyFrame): [number, number, number, number] {
  if (aim.kind === "look_at") return [...aim.target, aim.rollDeg];
  const { heading, pitch, roll } = anglesOf(aim.rotation);
  return [heading, pitch, 0, roll];
}

function withFigure(key: KeyFrame, at: number, value: number): KeyFrame["aim"] {
  const next = aimFigures(key).map((old, i) => (i === at ? value : old)) as [number, number, number, number];
  if (key.aim.kind === "rotation")
    return { kind: "rotation", rotation: fromAngles(next[0], next[1], next[3]) };
  return { kind: "look_at", target: [next[0], next[1], next[2]], rollDeg: next[3] };
}
