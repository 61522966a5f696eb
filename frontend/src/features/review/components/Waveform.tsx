import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Waveform as Peaks } from "../api/read-waveform";
import { usePlayer, usePlayerState } from "../hooks/use-player";
import type { SoundEvent, Speech } from "../model/record";

const FULL = 128;

function outline({ data }: Peaks): string {
  const highs = data.filter((_, index) => index % 2 === 1);
  const lows = data.filter((_, index) => index % 2 === 0);
  const top = highs.map((high, x) => `${x},${FULL - high}`);
  const bottom = lows.map((low, x) => `${x},${FULL - low}`).reverse();
  return [...top, ...bottom].join(" ");
}

type Props = { waveform: Peaks; events: SoundEvent[]; speech: Speech[] };

/** Peaks over time; the stripes above are declared events, those below spoken lines. Drawn left to right always. */
export function Waveform({ waveform, events, speech }: Props) {
  const { t } = useTranslation("review");
  const player = usePlayer();
  const points = useMemo(() => outline(waveform), [waveform]);
  const seconds = (waveform.length * waveform.samples_per_pixel) / waveform.sample_rate;
  const share = (at: number) => `${Math.min(100, (100 * at) / seconds)}%`;
  const stripe = (from: number, to: number | null) => ({
    left: share(from),
    width: share(Math.max((to ?? from) - from, seconds / 200)),
  });
  return (
    <div
      dir="ltr"
      role="img"
      aria-label={t("sound.waveform")}
      className="relative h-20 cursor-text overflow-hidden rounded-md bg-sunken"
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        player.seekTime((seconds * (event.clientX - box.left)) / box.width);
      }}
    >
      <svg
        viewBox={`0 0 ${waveform.length} ${2 * FULL}`}
        preserveAspectRatio="none"
        className="size-full text-muted"
        aria-hidden
      >
        <polygon
          points={points}
          fill="currentColor"
          stroke="currentColor"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      {events.map((event, index) => (
        <span
          key={index}
          title={event.name}
          className="absolute top-0 h-1.5 rounded-full bg-info/80"
          style={stripe(event.onset_s, event.offset_s)}
        />
      ))}
      {speech.map((line, index) => (
        <span
          key={index}
          title={line.text}
          className="absolute bottom-0 h-1.5 rounded-full bg-good/80"
          style={stripe(line.start_s, line.end_s)}
        />
      ))}
      <Playhead seconds={seconds} />
    </div>
  );
}

function Playhead({ seconds }: { seconds: number }) {
  const player = usePlayer();
  const frame = usePlayerState((state) => state.frame);
  const left = `${Math.min(100, (100 * frame) / player.fps / seconds)}%`;
  return <span aria-hidden className="absolute inset-y-0 w-0.5 bg-tungsten" style={{ left }} />;
}
