import { Trash2 } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/IconButton";
import { Notice, Skeleton } from "@/components/ui/states";

import { useAssetLink } from "../../api/get-assets";
import { keyOf, spansOf } from "../../draft/spans";
import { useComplaint } from "../../hooks/use-checks";
import { useDraft, useKeeper, usePart } from "../../hooks/use-draft";
import { useFileStates } from "../../hooks/use-file-states";
import { uploader } from "../../uploads/uploader";
import { DropZone } from "../fields/DropZone";
import { Place } from "../fields/Place";
import { AssetState } from "../uploads/AssetState";
import { Refusal } from "../uploads/UploadRow";
import { EventsEditor } from "./EventsEditor";
import { Loudness } from "./Loudness";
import { SoundWords } from "./SoundWords";
import { SpeechEditor } from "./SpeechEditor";

const Waveform = lazy(() => import("./Waveform").then(({ Component }) => ({ default: Component })));
const ACCEPT = "audio/*,.wav,.flac,.mp3,.m4a,.ogg";

export function SoundStep() {
  const { t } = useTranslation("contribute");
  const { value: audio, set } = usePart("audio");
  const { submissionId } = useKeeper();
  const state = useFileStates([audio.asset])(audio.asset);
  const complaint = useComplaint("audio.asset");
  const ready = state.asset?.status === "ready";
  return (
    <div className="grid gap-8">
      <Place path="audio.asset" className="grid gap-4">
        {!audio.asset && (
          <DropZone
            label={t("sound.drop")}
            hint={t("sound.drop_hint")}
            accept={ACCEPT}
            onFiles={(picked) => uploader.add(picked, submissionId, (asset) => set({ asset }))}
          />
        )}
        {audio.asset && (
          <div className="flex items-center gap-3 rounded-md border border-line bg-ground px-4 py-2">
            <bdi className="min-w-0 grow truncate text-sm">{state.asset?.name ?? state.upload?.name}</bdi>
            <AssetState {...state} />
            <IconButton
              label={t("sound.remove")}
              icon={<Trash2 />}
              onClick={() => set({ asset: undefined })}
            />
          </div>
        )}
        {state.asset && <Refusal asset={state.asset} />}
        {ready && complaint && <p className="text-xs font-medium text-bad">{complaint}</p>}
        {ready && <Heard assetId={state.asset!.id} />}
      </Place>
      <EventsEditor />
      <SoundWords />
      <SpeechEditor />
    </div>
  );
}

/** The sound to look at and listen to, with the events of the record on it. */
function Heard({ assetId }: { assetId: string }) {
  const { t } = useTranslation("contribute");
  const { data: link } = useAssetLink(assetId, true);
  const { change } = usePart("audio");
  const events = useDraft().audio?.events;
  const [chosen, setChosen] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  const spans = useMemo(() => spansOf(events), [events]);
  const choose = (key: string) => {
    setChosen(key);
    document.getElementById(key)?.querySelector("input")?.focus();
  };
  if (!link) return <Skeleton className="h-56 w-full" />;
  return (
    <div className="grid gap-4">
      {broken && <Notice tone="warn">{t("sound.broken")}</Notice>}
      <Suspense fallback={<Skeleton className="h-56 w-full" />}>
        <Waveform
          url={link.url}
          spans={spans}
          chosen={chosen}
          onChoose={choose}
          onBroken={() => setBroken(true)}
          onMove={(key, onset_s, offset_s) =>
            change(`events.${key}`, (now) => ({
              ...now,
              events: now.events?.map((event, at) =>
                keyOf(at) === key ? { ...event, onset_s, offset_s } : event,
              ),
            }))
          }
          onDraw={(onset_s, offset_s) => {
            setChosen(keyOf(events?.length ?? 0));
            change("events", (now) => ({ ...now, events: [...(now.events ?? []), { onset_s, offset_s }] }));
          }}
        />
      </Suspense>
      <Loudness />
    </div>
  );
}
