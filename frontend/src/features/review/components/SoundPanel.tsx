import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { Failed, Skeleton } from "@/components/ui/states";
import { timecode } from "@/lib/format";

import { useWaveform } from "../api/read-waveform";
import { usePlayer } from "../hooks/use-player";
import type { Shown } from "../model/media";
import { type JudgedRecord, words } from "../model/record";
import { Waveform } from "./Waveform";

type Props = {
  audio: NonNullable<JudgedRecord["audio"]>;
  source: Shown | undefined;
  /** It is not what the player of the screen plays. */
  apart: boolean;
};

/** The sound as it is and as it is described: waveform with the declared events, the words spoken, the style. */
export function SoundPanel({ audio, source, apart }: Props) {
  const { t } = useTranslation("review");
  const waveform = useWaveform(source?.file("waveform")?.url);
  return (
    <Panel title={t("sound.title")}>
      <div className="grid gap-4">
        {waveform.isLoading && <Skeleton className="h-20 w-full" />}
        {waveform.isError && <Failed error={waveform.error} onRetry={() => void waveform.refetch()} />}
        {waveform.data && <Waveform waveform={waveform.data} events={audio.events} speech={audio.speech} />}
        {apart && (
          // eslint-disable-next-line jsx-a11y/media-has-caption -- the transcript is below
          <audio
            controls
            preload="none"
            src={source?.file("preview")?.url}
            aria-label={t("sound.apart")}
            className="h-9 w-full"
          />
        )}
        {audio.style_caption && (
          <p className="text-sm" dir="auto">
            {audio.style_caption}
          </p>
        )}
        <Events audio={audio} />
        <Transcript audio={audio} />
      </div>
    </Panel>
  );
}

function Events({ audio }: { audio: Props["audio"] }) {
  const { t } = useTranslation("review");
  const player = usePlayer();
  if (audio.events.length === 0) return <p className="text-sm text-muted">{t("sound.no_events")}</p>;
  return (
    <ul className="flex flex-wrap gap-1.5" aria-label={t("sound.events")}>
      {audio.events.map((event, index) => (
        <li key={index}>
          <button
            type="button"
            onClick={() => player.seekTime(event.onset_s)}
            className="flex items-center gap-2 rounded-full bg-sunken px-2.5 py-0.5 text-xs hover:text-tungsten"
          >
            <span dir="auto">{event.name}</span>
            <span className="figures text-muted">{timecode(event.onset_s)}</span>
            {event.source && <span className="text-muted">{words(event.source)}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Transcript({ audio }: { audio: Props["audio"] }) {
  const { t } = useTranslation("review");
  const player = usePlayer();
  if (audio.speech.length === 0) return <p className="text-sm text-muted">{t("sound.no_speech")}</p>;
  return (
    <ol className="grid gap-1" aria-label={t("sound.transcript")}>
      {audio.speech.map((line, index) => (
        <li key={index}>
          <button
            type="button"
            onClick={() => player.seekTime(line.start_s)}
            className="flex w-full items-baseline gap-3 rounded-sm px-1.5 py-1 text-start text-sm hover:bg-sunken"
          >
            <span className="figures shrink-0 text-xs text-muted">{timecode(line.start_s)}</span>
            <span dir="auto" lang={line.language ?? undefined}>
              {line.text}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
