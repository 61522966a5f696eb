import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import WaveSurfer from "wavesurfer.js";
import Hover from "wavesurfer.js/dist/plugins/hover.esm.js";
import Regions, { type Region } from "wavesurfer.js/dist/plugins/regions.esm.js";
import Spectrogram from "wavesurfer.js/dist/plugins/spectrogram.esm.js";
import Timeline from "wavesurfer.js/dist/plugins/timeline.esm.js";

import { Skeleton } from "@/components/ui/states";
import { nonce } from "@/lib/nonce";

import { colours } from "./colours";
import { Transport } from "./Transport";

type RegionsPlugin = ReturnType<typeof Regions.create>;
export type Span = { key: string; start: number; end: number; label: string };

type Props = {
  url: string;
  spans: Span[];
  chosen: string | null;
  onChoose: (key: string) => void;
  onMove: (key: string, start: number, end: number) => void;
  onDraw: (start: number, end: number) => void;
  onBroken: () => void;
};

const MIN_SPAN_S = 0.02;
const SPECTRUM_PX = 120;
const MAX_HZ = 16_000;
const DECODED_HZ = 2 * MAX_HZ; // its default of 8 kHz would leave the spectrum empty above 4 kHz

/** The sound as a wave over its spectrum. Spans are drawn by dragging, moved and stretched, chosen by a click. */
export function Component({ url, spans, chosen, onChoose, onMove, onDraw, onBroken }: Props) {
  const { t } = useTranslation("contribute");
  const frame = useRef<HTMLDivElement>(null);
  const [player, setPlayer] = useState<{ wave: WaveSurfer; regions: RegionsPlugin } | null>(null);
  const act = useRef({ onChoose, onMove, onDraw, onBroken });
  useEffect(() => {
    act.current = { onChoose, onMove, onDraw, onBroken };
  });

  useEffect(() => {
    const regions = Regions.create();
    const wave = open(frame.current!, url, regions);
    wave.on("ready", () => setPlayer({ wave, regions }));
    wave.on("error", () => act.current.onBroken());
    regions.on("region-clicked", (region) => act.current.onChoose(region.id));
    regions.on("region-updated", (region) =>
      act.current.onMove(region.id, seconds(region.start), seconds(region.end)),
    );
    const ours = new Set<string>();
    regions.on("region-created", (region: Region) => {
      if (region.id.startsWith("span-") || ours.has(region.id)) return;
      ours.add(region.id);
      region.remove(); // the record is drawn, not what was dragged
      if (region.end - region.start >= MIN_SPAN_S)
        act.current.onDraw(seconds(region.start), seconds(region.end));
    });
    return () => {
      setPlayer(null);
      wave.destroy();
    };
  }, [url]);

  useEffect(() => {
    if (!player) return;
    const { span, spanChosen } = colours();
    player.regions.clearRegions();
    for (const { key, start, end, label } of spans)
      player.regions.addRegion({
        id: key,
        start,
        end,
        content: label,
        color: key === chosen ? spanChosen : span,
      });
  }, [player, spans, chosen]);

  return (
    <div className="grid gap-3" dir="ltr">
      <div className="relative min-h-56 overflow-hidden rounded-md border border-line bg-ground">
        {!player && <Skeleton className="absolute inset-3" />}
        <div ref={frame} role="img" aria-label={t("sound.wave")} />
      </div>
      {player && <Transport wave={player.wave} />}
    </div>
  );
}

function open(container: HTMLElement, url: string, regions: RegionsPlugin): WaveSurfer {
  const { wave, played, cursor, muted } = colours();
  const surfer = WaveSurfer.create({
    container,
    url,
    height: 96,
    waveColor: wave,
    progressColor: played,
    cursorColor: cursor,
    normalize: false,
    minPxPerSec: 40,
    sampleRate: DECODED_HZ,
    ...(nonce ? { cspNonce: nonce } : {}),
    plugins: [
      regions,
      Timeline.create({ height: 18, style: { color: muted, fontSize: "10px" } }),
      Hover.create({ lineColor: cursor, labelSize: "11px" }),
      Spectrogram.create({ height: SPECTRUM_PX, frequencyMax: MAX_HZ, scale: "mel", colorMap: "igray" }),
    ],
  });
  regions.enableDragSelection({ color: colours().span });
  return surfer;
}

function seconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}
