import { ImageUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Slider } from "@/components/ui/Slider";
import { errorText } from "@/lib/errors";

import type { LightEditing } from "./editing";
import { useDropMap } from "./useMap";

/** An HDRI, dropped or picked; the platform makes the canonical map of it. */
export function MapPanel({ editor }: { editor: LightEditing }) {
  const { t } = useTranslation("light");
  const { lighting, edit, history } = editor;
  const map = lighting.env_map;
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = useDropMap();
  const take = (file: File | undefined) => {
    if (file) drop.mutate(file, { onSuccess: (env_map) => edit((before) => ({ ...before, env_map })) });
  };
  const dropping = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files[0]);
    },
  };
  return (
    <section
      {...dropping}
      aria-label={t("map.title")}
      className={`grid gap-3 rounded-md border border-dashed p-4 ${over ? "border-tungsten bg-tungsten-soft" : "border-line-strong/70"}`}
    >
      <h3 className="text-sm">{t("map.title")}</h3>
      <p className="text-xs text-muted">{t(map ? "map.there" : "map.text")}</p>
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          icon={<ImageUp className="size-4" />}
          busy={drop.isPending}
          onClick={() => input.current?.click()}
        >
          {t(map ? "map.replace" : "map.pick")}
        </Button>
        {map && (
          <Button size="sm" look="quiet" onClick={() => edit((before) => ({ ...before, env_map: null }))}>
            {t("map.drop")}
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept=".exr,.hdr"
        aria-label={t("map.pick")}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => take(event.target.files?.[0])}
      />
      {drop.isError && (
        <p role="alert" className="text-xs text-bad">
          {errorText(drop.error)}
        </p>
      )}
      {map && (
        <Slider
          label={t("map.exposure")}
          value={map.exposure_ev ?? 0}
          min={-10}
          max={10}
          step={0.25}
          shown={`${map.exposure_ev ?? 0} EV`}
          onChange={(exposure_ev) =>
            edit((before) => ({ ...before, env_map: { ...map, exposure_ev } }), "map ev")
          }
          onCommit={history.seal}
        />
      )}
    </section>
  );
}
