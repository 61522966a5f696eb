import { X } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Checkbox } from "@/components/ui/Choice";

import { labelOf } from "../../api/get-vocabulary";
import { usePart } from "../../hooks/use-draft";
import { NumberField } from "../fields/NumberField";
import { Group, Place } from "../fields/Place";
import { Tags } from "../fields/Tags";
import { TermSearch } from "../fields/TermSearch";
import { TextField } from "../fields/TextField";

/** The sound in words: its style, its classes, its music. */
export function SoundWords() {
  const { t } = useTranslation("contribute");
  const { value: audio, set } = usePart("audio");
  const labels = audio.labels ?? [];
  return (
    <Group title={t("sound.style")} lead={t("sound.style_lead")}>
      <TextField
        path="audio.style_caption"
        label={t("sound.style_caption")}
        placeholder={t("sound.style_example")}
        rows={3}
        value={audio.style_caption}
        onChange={(style_caption) => set({ style_caption })}
      />
      <Tags
        path="audio.aspects"
        label={t("sound.aspects")}
        hint={t("sound.aspects_hint")}
        most={32}
        values={audio.aspects ?? []}
        onChange={(aspects) => set({ aspects })}
      />
      <Place path="audio.labels" className="grid gap-2">
        <span className="text-sm font-medium">{t("sound.labels")}</span>
        <ul className="flex flex-wrap gap-1.5">
          {labels.map(({ mid, name }) => (
            <li
              key={mid}
              className="inline-flex h-7 items-center gap-1 rounded-full bg-sunken ps-2.5 pe-1 text-sm"
            >
              {name}
              <button
                type="button"
                aria-label={t("remove_word", { word: name })}
                onClick={() => set({ labels: labels.filter((label) => label.mid !== mid) })}
                className="grid size-5 place-items-center rounded-full text-muted hover:bg-line hover:text-ink"
              >
                <X className="size-3.5" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
        <TermSearch
          label={t("sound.add_label")}
          vocabulary="audioset"
          placeholder={t("sound.add_label")}
          className="max-w-80"
          onChoose={(term) =>
            labels.some(({ mid }) => mid === term.id) ||
            set({ labels: [...labels, { mid: term.id, name: labelOf(term, "en") }] })
          }
        />
      </Place>
      <MusicFields />
    </Group>
  );
}

function MusicFields() {
  const { t } = useTranslation("contribute");
  const { value: audio, set } = usePart("audio");
  const music = audio.music ?? {};
  const setMusic = (fields: Partial<typeof music>) => set({ music: { ...music, ...fields } });
  return (
    <Place path="audio.music" className="grid gap-4">
      <Checkbox
        label={t("sound.music")}
        checked={Boolean(music.present)}
        onChange={(present) => (present ? setMusic({ present }) : set({ music: undefined }))}
      />
      {music.present && (
        <div className="grid gap-4 sm:grid-cols-3">
          <NumberField
            path="audio.music.bpm"
            label={t("sound.bpm")}
            value={music.bpm}
            onChange={(bpm) => setMusic({ bpm })}
          />
          <TextField
            path="audio.music.key"
            label={t("sound.key")}
            value={music.key}
            onChange={(key) => setMusic({ key })}
          />
          <TextField
            path="audio.music.mood"
            label={t("sound.mood")}
            value={music.mood}
            onChange={(mood) => setMusic({ mood })}
          />
        </div>
      )}
    </Place>
  );
}
