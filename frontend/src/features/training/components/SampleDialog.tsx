import { useTranslation } from "react-i18next";

import { Dialog } from "@/components/ui/Dialog";
import { Slider } from "@/components/ui/Slider";

import type { Strip } from "../model/samples";

type Props = { strip: Strip; at: number; onChange: (at: number | null) => void };

/** One shot large, with its sound; the slider goes through the steps. */
export function SampleDialog({ strip, at, onChange }: Props) {
  const { t } = useTranslation("training");
  const sample = strip.samples[at];
  if (!sample) return null;
  return (
    <Dialog
      wide
      open
      onOpenChange={() => onChange(null)}
      title={t("samples.step", { step: sample.step })}
      description={strip.caption}
    >
      <div className="grid gap-5">
        {/* eslint-disable-next-line jsx-a11y/media-has-caption -- nobody speaks in it; the description says what is asked for */}
        <video
          key={sample.id}
          src={sample.clip}
          poster={sample.poster}
          aria-label={strip.caption}
          controls
          autoPlay
          loop
          playsInline
          className="mx-auto max-h-[60dvh] w-full rounded-md bg-black object-contain"
        />
        {strip.samples.length > 1 && (
          <Slider
            label={t("curves.step")}
            value={at}
            min={0}
            max={strip.samples.length - 1}
            shown={sample.step}
            onChange={onChange}
          />
        )}
      </div>
    </Dialog>
  );
}
