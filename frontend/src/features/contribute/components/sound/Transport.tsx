import { Pause, Play } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type WaveSurfer from "wavesurfer.js";

import { IconButton } from "@/components/ui/IconButton";
import { Slider } from "@/components/ui/Slider";
import { timecode } from "@/lib/format";

const MOST_ZOOM = 400;

/** Play, where it is, and how much of it is in sight. */
export function Transport({ wave }: { wave: WaveSurfer }) {
  const { t } = useTranslation("contribute");
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [zoom, setZoom] = useState(40);
  useEffect(() => {
    const heard = [
      wave.on("play", () => setPlaying(true)),
      wave.on("pause", () => setPlaying(false)),
      wave.on("timeupdate", setAt),
    ];
    return () => heard.forEach((stop) => stop());
  }, [wave]);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <IconButton
        label={t(playing ? "sound.pause" : "sound.play")}
        icon={playing ? <Pause /> : <Play />}
        onClick={() => void wave.playPause()}
      />
      <span className="figures text-sm">
        {timecode(at, 2)} <span className="text-muted">/ {timecode(wave.getDuration(), 2)}</span>
      </span>
      <div className="ms-auto w-44">
        <Slider
          label={t("sound.zoom")}
          value={zoom}
          min={10}
          max={MOST_ZOOM}
          step={10}
          shown={t("sound.zoom_of", { zoom })}
          onChange={(next) => {
            setZoom(next);
            wave.zoom(next);
          }}
        />
      </div>
    </div>
  );
}
