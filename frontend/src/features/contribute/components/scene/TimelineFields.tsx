import { useTranslation } from "react-i18next";

import { Select } from "@/components/ui/Select";

import { frameCount } from "../../draft/record";
import { usePart } from "../../hooks/use-draft";
import { NumberField } from "../fields/NumberField";

const RATES = ["24000/1001", "24/1", "25/1", "30000/1001", "30/1", "48/1", "50/1", "60000/1001", "60/1"];

/** The one clock of the shot: how long, how many frames a second; the frames are counted from these. */
export function TimelineFields() {
  const { t } = useTranslation("contribute");
  const { value, set } = usePart("timeline");
  const fps = (value.fps ?? [24, 1]) as [number, number];
  const rate = fps.join("/");
  const rates = RATES.includes(rate) ? RATES : [...RATES, rate];
  return (
    <>
      <NumberField
        path="timeline.duration_s"
        label={t("scene.duration")}
        hint={t("scene.frames", { count: value.num_frames ?? 0 })}
        value={value.duration_s}
        onChange={(duration_s) =>
          set({
            duration_s,
            num_frames: duration_s && duration_s > 0 ? frameCount(duration_s, fps) : undefined,
          })
        }
      />
      <Select
        label={t("scene.fps")}
        value={rate}
        options={rates.map((text) => ({ value: text, label: rateText(text) }))}
        onChange={(text) => {
          const [num, den] = text.split("/").map(Number) as [number, number];
          set({ fps: [num, den], num_frames: frameCount(value.duration_s ?? 0, [num, den]) });
        }}
      />
    </>
  );
}

function rateText(rate: string): string {
  const [num, den] = rate.split("/").map(Number) as [number, number];
  return String(Math.round((num / den) * 1000) / 1000);
}
