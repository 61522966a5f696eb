import { Pause, Play, Rewind, StepBack, StepForward, FastForward } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";

import { usePlayer, usePlayerState } from "../hooks/use-player";
import { smpte } from "../model/timecode";

export function Transport() {
  const { t } = useTranslation("review");
  const player = usePlayer();
  const frame = usePlayerState((state) => state.frame);
  const playing = usePlayerState((state) => state.playing);
  const rate = usePlayerState((state) => state.rate);
  const loop = usePlayerState((state) => state.loop);
  const tip = (does: string) => t(`keys.does.${does}`);
  return (
    <div dir="ltr" className="flex flex-wrap items-center gap-1 border-t border-line px-3 py-1.5">
      <IconButton label={tip("back")} hint="J" icon={<Rewind />} onClick={() => player.shuttle(-1)} />
      <IconButton label={tip("frame_back")} hint="," icon={<StepBack />} onClick={() => player.step(-1)} />
      <IconButton
        label={tip(playing ? "pause" : "toggle")}
        hint="K"
        icon={playing ? <Pause /> : <Play />}
        onClick={player.toggle}
      />
      <IconButton label={tip("frame_on")} hint="." icon={<StepForward />} onClick={() => player.step(1)} />
      <IconButton label={tip("forward")} hint="L" icon={<FastForward />} onClick={() => player.shuttle(1)} />
      <span className="figures ms-2 text-sm" aria-label={t("player.timecode")} role="timer">
        {smpte(frame, player.fps)}
      </span>
      <span className="figures text-xs text-muted">
        {frame + 1}/{player.frames} · {Number(player.fps.toFixed(3))} fps
        {Math.abs(rate) > 1 || rate < 0 ? ` · ${rate}×` : ""}
      </span>
      <span className="ms-auto flex gap-1">
        {(["in", "out"] as const).map((end) => (
          <Button
            key={end}
            size="sm"
            look="quiet"
            aria-pressed={loop[end] !== null}
            title={tip(`mark_${end}`)}
            className="figures aria-pressed:bg-tungsten-soft aria-pressed:text-tungsten"
            onClick={() => player.mark(end)}
          >
            {end === "in" ? "[" : "]"} {loop[end] === null ? "–" : smpte(loop[end], player.fps)}
          </Button>
        ))}
      </span>
    </div>
  );
}
