import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { HistoryButtons } from "@/components/ui/HistoryButtons";
import { Slider } from "@/components/ui/Slider";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import { undoKeys, useHistory } from "@/lib/history";
import type { Lighting } from "@/lib/record";

import { turnedBy } from "./editing";
import { LampPanel } from "./LampPanel";
import type { LightEditorProps } from "./LightEditor";
import { LightList } from "./LightList";
import type { Chosen } from "./LightStage";
import { MapPanel } from "./MapPanel";
import { PresetMenu } from "./PresetMenu";
import { SunPanel } from "./SunPanel";
import { useLightStage } from "./useLightStage";

const BLANK: Lighting = { static: true, source: "authored", lights: [] };

export default function LightBench({ value, onChange, readOnly = false }: LightEditorProps) {
  const { t } = useTranslation("light");
  const [first] = useState(value ?? BLANK);
  const history = useHistory(first);
  const lighting = history.present;
  const [chosen, choose] = useState<Chosen>(first.lights?.length ? 0 : first.sun ? "sun" : null);
  const [ev, setEv] = useState(0);
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  });
  useEffect(() => {
    if (lighting !== first) tell.current?.(lighting);
  }, [lighting, first]);
  const { mount, failed, pointer, map } = useLightStage({
    ...{ lighting, chosen, ev, choose, readOnly },
    turn: (right, up) => history.set(turnedBy(chosen, right, up), `turn ${chosen}`),
    released: history.seal,
  });
  const editor = { lighting, chosen, choose, history, edit: history.set };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- undo, wherever the focus is inside
    <section
      aria-label={t("title")}
      onKeyDown={undoKeys(history)}
      className="@container grid min-w-0 gap-4 rounded-lg border border-line bg-surface p-3 sm:p-4"
    >
      {!readOnly && (
        <div role="toolbar" aria-label={t("tools")} className="flex flex-wrap items-center gap-2">
          <HistoryButtons history={history} />
          <PresetMenu editor={editor} />
        </div>
      )}
      <div className="grid min-w-0 items-start gap-4 @3xl:grid-cols-[1fr_21rem]">
        <div className="grid gap-3">
          {failed ? (
            <Notice tone="warn">{t("no_webgl")}</Notice>
          ) : (
            <div
              ref={mount}
              dir="ltr"
              className="relative overflow-hidden rounded-md border border-line bg-sunken"
            >
              <canvas aria-hidden className="pointer-events-none absolute inset-0 size-full" />
              <div
                data-view="lit"
                {...pointer}
                className="relative h-80 cursor-grab touch-none active:cursor-grabbing md:h-[30rem]"
              />
            </div>
          )}
          {!readOnly && <p className="text-xs text-muted">{t("drag")}</p>}
          {map.isError && <Notice tone="warn">{errorText(map.error)}</Notice>}
          <Slider
            label={t("exposure")}
            value={ev}
            min={-4}
            max={4}
            step={0.25}
            shown={`${ev > 0 ? "+" : ""}${ev} EV`}
            onChange={setEv}
          />
        </div>
        <div className="grid gap-4">
          <LightList editor={editor} readOnly={readOnly} />
          {!readOnly && typeof chosen === "number" && lighting.lights?.[chosen] && (
            <LampPanel editor={editor} index={chosen} lamp={lighting.lights[chosen]} />
          )}
          {!readOnly && chosen === "sun" && lighting.sun && <SunPanel editor={editor} sun={lighting.sun} />}
          {!readOnly && <MapPanel editor={editor} />}
        </div>
      </div>
    </section>
  );
}
