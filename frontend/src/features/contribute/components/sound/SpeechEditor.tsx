import { AudioLines, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";

import type { Part } from "../../draft/record";
import { usePrecheckResult } from "../../hooks/use-checks";
import { usePart } from "../../hooks/use-draft";
import { NumberField } from "../fields/NumberField";
import { Group, Place } from "../fields/Place";
import { TextField } from "../fields/TextField";

type Line = NonNullable<Part<"audio">["speech"]>[number];
type HeardSegment = { start: number; end: number; text: string; trusted: boolean; silence: boolean };

/** What is said. What the model heard can be taken over and put right. */
export function SpeechEditor() {
  const { t } = useTranslation("contribute");
  const { value: audio, change } = usePart("audio");
  const heard = useHeardLines();
  const lines = audio.speech ?? [];
  const setAll = (next: (now: Line[]) => Line[]) =>
    change("speech", (now) => ({ ...now, speech: next(now.speech ?? []) }));
  const actions = (
    <div className="flex flex-wrap gap-2">
      {heard.length > 0 && (
        <Button
          size="sm"
          look="quiet"
          icon={<AudioLines className="size-4" aria-hidden />}
          onClick={() => setAll(() => heard)}
        >
          {t("sound.take_heard", { count: heard.length })}
        </Button>
      )}
      <Button
        size="sm"
        icon={<Plus className="size-4" aria-hidden />}
        onClick={() =>
          setAll((now) => [
            ...now,
            { start: now.at(-1)?.end ?? 0, end: (now.at(-1)?.end ?? 0) + 1, text: "" },
          ])
        }
      >
        {t("sound.add_line")}
      </Button>
    </div>
  );
  return (
    <Group title={t("sound.speech")} lead={t("sound.speech_lead")} actions={actions}>
      <Place path="audio.speech" className="grid gap-2">
        {lines.map((line, index) => (
          <SpeechRow key={index} line={line} index={index} />
        ))}
      </Place>
    </Group>
  );
}

function SpeechRow({ line, index }: { line: Line; index: number }) {
  const { t } = useTranslation("contribute");
  const { change } = usePart("audio");
  const path = `audio.speech[${index}]`;
  const set = (fields: Partial<Line>) =>
    change(`speech.${index}.${Object.keys(fields).join()}`, (now) => ({
      ...now,
      // A corrected line is one declared by hand: a model's own figures say nothing of it any more.
      speech: now.speech?.map((item, at) =>
        at === index ? { start: item.start, end: item.end, text: item.text, ...fields } : item,
      ),
    }));
  const remove = () =>
    change(`speech.${index}`, (now) => ({ ...now, speech: now.speech?.filter((_, at) => at !== index) }));
  return (
    <div className="grid grid-cols-2 gap-3 rounded-md border border-line bg-ground p-3 sm:grid-cols-[5.5rem_5.5rem_1fr_auto]">
      <NumberField
        path={`${path}.start`}
        label={t("from_s")}
        value={line.start}
        onChange={(start) => set({ start })}
      />
      <NumberField path={`${path}.end`} label={t("to_s")} value={line.end} onChange={(end) => set({ end })} />
      <TextField
        path={`${path}.text`}
        label={t("sound.said")}
        value={line.text}
        onChange={(text) => set({ text })}
        className="col-span-2 sm:col-span-1"
      />
      <IconButton label={t("sound.remove_line")} icon={<Trash2 />} onClick={remove} className="sm:mt-6" />
    </div>
  );
}

function useHeardLines(): Line[] {
  const measured = usePrecheckResult()?.measured ?? [];
  const transcript = measured.find(({ metric }) => metric === "audio.transcript_words")?.detail;
  const segments = (transcript?.segments ?? []) as HeardSegment[];
  return segments
    .filter(({ trusted, silence }) => trusted && !silence)
    .map(({ start, end, text }) => ({ start, end, text: text.trim() }));
}
