import { Pause, Play } from "lucide-react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/IconButton";
import { timecode } from "@/lib/format";

import { frameOf, isPlaying, usePlayhead } from "./playhead";
import type { Editor } from "./useEditor";

const MOST_MARKS = 400;

type Props = { editor: Editor };

/** Play, scrub, and see where the key frames stand. */
export function Transport({ editor }: Props) {
  return (
    <div dir="ltr" className="flex items-center gap-3">
      <PlayButton editor={editor} />
      <div className="relative h-9 min-w-0 grow">
        <Marks editor={editor} />
        <Scrubber editor={editor} />
      </div>
      <Clock editor={editor} />
    </div>
  );
}

function PlayButton({ editor: { playhead } }: Props) {
  const { t } = useTranslation("camera");
  const playing = usePlayhead(playhead, isPlaying);
  return (
    <IconButton
      label={t(playing ? "pause" : "play")}
      hint={t("key.space")}
      icon={playing ? <Pause /> : <Play />}
      onClick={() => playhead.toggle()}
    />
  );
}

function Marks({ editor: { document, chosen, durationS } }: Props) {
  if (document.keys.length > MOST_MARKS) return null;
  return (
    <div className="pointer-events-none absolute inset-x-2 top-0 h-2" aria-hidden>
      {document.keys.map((key) => (
        <span
          key={key.id}
          className={`absolute size-2 -translate-x-1/2 rotate-45 rounded-[1px] ${key.id === chosen?.id ? "bg-tungsten" : "bg-line-strong"}`}
          style={{ left: `${(durationS ? key.timeS / durationS : 0) * 100}%` }}
        />
      ))}
    </div>
  );
}

function Scrubber({ editor: { playhead, clock } }: Props) {
  const { t } = useTranslation("camera");
  const frame = usePlayhead(playhead, frameOf);
  return (
    <input
      type="range"
      aria-label={t("scrub")}
      aria-valuetext={t("at_frame", { time: timecode(frame / clock.fps, 2), frame: frame + 1 })}
      min={0}
      max={Math.max(1, clock.frames - 1)}
      value={frame}
      onChange={(event) => {
        playhead.pause();
        playhead.seek(Number(event.target.value));
      }}
      className="absolute inset-x-0 bottom-0 h-6 w-full accent-tungsten"
    />
  );
}

function Clock({ editor: { playhead, clock, durationS } }: Props) {
  const frame = usePlayhead(playhead, frameOf);
  return (
    <output className="figures w-40 shrink-0 text-end text-xs text-muted">
      {timecode(frame / clock.fps, 2)} / {timecode(durationS, 2)} · {frame + 1}
    </output>
  );
}
