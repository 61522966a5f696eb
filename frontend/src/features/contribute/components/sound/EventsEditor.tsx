import { FileInput as FileIcon, Plus, Trash2 } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { Select } from "@/components/ui/Select";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

import { labelOf, useVocabulary } from "../../api/get-vocabulary";
import { useReadSounds } from "../../api/read-sounds";
import { keyOf, type SoundEvent } from "../../draft/spans";
import { useComplaint } from "../../hooks/use-checks";
import { usePart } from "../../hooks/use-draft";
import { FileInput } from "../fields/DropZone";
import { NumberField } from "../fields/NumberField";
import { Group, Place } from "../fields/Place";
import { TermSearch } from "../fields/TermSearch";

/** What is heard when, in the classes of the AudioSet ontology. */
export function EventsEditor() {
  const { t } = useTranslation("contribute");
  const { value: audio, change } = usePart("audio");
  const read = useReadSounds();
  const input = useRef<HTMLInputElement>(null);
  const events = audio.events ?? [];
  const add = (more: SoundEvent[]) =>
    change("events", (now) => ({ ...now, events: [...(now.events ?? []), ...more] }));
  const actions = (
    <div className="flex flex-wrap gap-2">
      <Button
        size="sm"
        look="quiet"
        busy={read.isPending}
        icon={<FileIcon className="size-4" aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {t("sound.import")}
      </Button>
      <Button
        size="sm"
        icon={<Plus className="size-4" aria-hidden />}
        onClick={() => add([{ onset_s: 0, offset_s: 1 }])}
      >
        {t("sound.add_event")}
      </Button>
    </div>
  );
  return (
    <Group title={t("sound.events")} lead={t("sound.events_lead")} actions={actions}>
      <FileInput
        ref={input}
        label={t("sound.import")}
        accept=".tsv,.csv,.txt,.jams,.json"
        onFiles={([picked]) =>
          picked && read.mutate(picked.file, { onSuccess: (found) => add(found.events) })
        }
      />
      {read.isError && <Notice tone="bad">{errorText(read.error)}</Notice>}
      {read.data && read.data.losses.length > 0 && (
        <Notice tone="warn">
          {t("sound.losses")} {read.data.losses.map(({ message }) => message).join(" ")}
        </Notice>
      )}
      <Place path="audio.events" className="grid gap-2">
        {events.map((event, index) => (
          <EventRow key={index} event={event} index={index} />
        ))}
      </Place>
    </Group>
  );
}

function EventRow({ event, index }: { event: SoundEvent; index: number }) {
  const { t, i18n } = useTranslation("contribute");
  const { change } = usePart("audio");
  const { data: sources } = useVocabulary("sound_source");
  const path = `audio.events[${index}]`;
  const complaint = useComplaint(`${path}.mid`);
  const set = (fields: Partial<SoundEvent>) =>
    change(`events.${index}.${Object.keys(fields).join()}`, (now) => ({
      ...now,
      events: now.events?.map((item, at) => (at === index ? { ...item, ...fields } : item)),
    }));
  const remove = () =>
    change(`events.${index}`, (now) => ({ ...now, events: now.events?.filter((_, at) => at !== index) }));
  return (
    <div
      id={keyOf(index)}
      className="grid grid-cols-2 gap-3 rounded-md border border-line bg-ground p-3 sm:grid-cols-[1fr_5.5rem_5.5rem_9rem_auto]"
    >
      <Place path={`${path}.name`} className="col-span-2 grid content-start gap-1.5 sm:col-span-1">
        <span className="text-sm font-medium" aria-hidden>
          {t("sound.what")}
        </span>
        <TermSearch
          label={t("sound.what")}
          vocabulary="audioset"
          shown={event.name ?? ""}
          placeholder={t("sound.what_example")}
          onChoose={(term) => set({ mid: term.id, name: labelOf(term, "en") })}
        />
        {complaint && <p className="text-xs font-medium text-bad">{complaint}</p>}
      </Place>
      <NumberField
        path={`${path}.onset_s`}
        label={t("from_s")}
        value={event.onset_s}
        onChange={(onset_s) => set({ onset_s })}
      />
      <NumberField
        path={`${path}.offset_s`}
        label={t("to_s")}
        value={event.offset_s}
        onChange={(offset_s) => set({ offset_s })}
      />
      <Select
        label={t("sound.source")}
        value={event.source ?? undefined}
        placeholder="–"
        options={(sources?.terms ?? []).map((term) => ({
          value: term.id,
          label: labelOf(term, i18n.language),
        }))}
        onChange={(source) => set({ source: source as SoundEvent["source"] })}
      />
      <IconButton label={t("sound.remove_event")} icon={<Trash2 />} onClick={remove} className="sm:mt-6" />
    </div>
  );
}
