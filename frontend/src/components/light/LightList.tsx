import { Copy, Plus, Sun, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { arrivingLux, contrastStops, DAYLIGHT_K, newLamp } from "@/lib/light/lamps";
import { cssOfKelvin } from "@/lib/light/whites";

import { addLamp, changeSun, dropLamp, type LightEditing } from "./editing";

const ROW = "flex items-center gap-2 rounded-md px-2 aria-[current]:bg-tungsten-soft";
const MOST = 64;

/** The sun and the lamps, what arrives from each, and how strong the contrast is. */
export function LightList({ editor, readOnly }: { editor: LightEditing; readOnly: boolean }) {
  const { t } = useTranslation("light");
  const { lighting, chosen, choose, edit } = editor;
  const lamps = lighting.lights ?? [];
  const stops = contrastStops(lamps);
  const add = (lamp = newLamp(lamps.length ? "fill" : "key")) => {
    edit(addLamp(lamp));
    choose(lamps.length);
  };
  return (
    <section className="grid gap-2 rounded-md border border-line p-4">
      <h3 className="text-sm">{t("list.title")}</h3>
      <ul className="grid gap-0.5">
        {lighting.sun && (
          <li aria-current={chosen === "sun" || undefined} className={ROW}>
            <Sun className="size-4 text-muted" aria-hidden />
            <button type="button" className="grow py-2 text-start text-sm" onClick={() => choose("sun")}>
              {t("sun.title")}
            </button>
            {!readOnly && (
              <IconButton label={t("sun.drop")} icon={<Trash2 />} onClick={() => edit(changeSun(null))} />
            )}
          </li>
        )}
        {lamps.map((lamp, i) => (
          <li key={i} aria-current={chosen === i || undefined} className={ROW}>
            <span
              className="size-3.5 rounded-full border border-line"
              style={{ background: cssOfKelvin(lamp.cct_k ?? DAYLIGHT_K) }}
              aria-hidden
            />
            <button
              type="button"
              className="flex grow items-baseline justify-between gap-2 py-2 text-start text-sm"
              onClick={() => choose(i)}
            >
              {t(`role.${lamp.role}`)}
              <span className="figures text-xs text-muted">{Math.round(arrivingLux(lamp))} lx</span>
            </button>
            {!readOnly && (
              <>
                <IconButton
                  label={t("lamp.copy", { number: i + 1 })}
                  icon={<Copy />}
                  disabled={lamps.length >= MOST}
                  onClick={() => add(lamp)}
                />
                <IconButton
                  label={t("lamp.drop", { number: i + 1 })}
                  icon={<Trash2 />}
                  onClick={() => edit(dropLamp(i))}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {lamps.length === 0 && !lighting.sun && <p className="text-sm text-muted">{t("list.empty")}</p>}
      {stops !== null && (
        <p className="text-xs text-muted">{t("list.contrast", { stops: stops.toFixed(1) })}</p>
      )}
      {!readOnly && (
        <div className="flex flex-wrap gap-2 pt-1">
          <Button
            size="sm"
            icon={<Plus className="size-4" />}
            disabled={lamps.length >= MOST}
            onClick={() => add()}
          >
            {t("lamp.add")}
          </Button>
          {!lighting.sun && (
            <Button
              size="sm"
              icon={<Sun className="size-4" />}
              onClick={() => {
                edit(changeSun({ azimuth_deg: 135, elevation_deg: 40 }));
                choose("sun");
              }}
            >
              {t("sun.add")}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
