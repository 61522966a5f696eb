import { useTranslation } from "react-i18next";

import { timecode } from "@/lib/format";

/** What the probe found in a clip: `curation/probing/containers.py`. */
export type ClipMeasures = {
  width?: number;
  height?: number;
  duration_s?: number;
  fps_num?: number;
  fps_den?: number;
  num_frames?: number;
  codec?: string;
  has_audio?: boolean;
  constant_frame_rate?: boolean;
};

export function ClipFacts({ facts }: { facts: ClipMeasures }) {
  const { t } = useTranslation("contribute");
  const { width, height, duration_s, fps_num, fps_den, num_frames, codec, has_audio } = facts;
  const rate = fps_num && fps_den ? Math.round((fps_num / fps_den) * 1000) / 1000 : null;
  const told: [string, string | null][] = [
    ["size", width && height ? `${width}×${height}` : null],
    ["length", duration_s ? timecode(duration_s, 2) : null],
    ["rate", rate ? `${rate} fps` : null],
    ["frames", num_frames ? String(num_frames) : null],
    ["codec", codec ?? null],
  ];
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {told.map(([name, text]) => (
        <div key={name} className="grid gap-0.5">
          <dt className="text-xs text-muted">{t(`clip.${name}`)}</dt>
          <dd className="figures text-sm">{text ?? "–"}</dd>
        </div>
      ))}
      <div className="grid gap-0.5">
        <dt className="text-xs text-muted">{t("clip.sound")}</dt>
        <dd className="text-sm">{t(has_audio ? "clip.has_sound" : "clip.is_silent")}</dd>
      </div>
    </dl>
  );
}
