import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { Select } from "@/components/ui/Select";

import { labelOf, useVocabulary } from "../../api/get-vocabulary";
import type { Part } from "../../draft/record";
import { subjectId } from "../../draft/words";
import { usePart } from "../../hooks/use-draft";
import { NumberField } from "../fields/NumberField";
import { Group, Place } from "../fields/Place";
import { TextField } from "../fields/TextField";

type Subject = NonNullable<Part<"scene">["subjects"]>[number];

/** Who and what is seen. Actions, pictures, sounds and releases refer to them. */
export function SubjectsEditor() {
  const { t } = useTranslation("contribute");
  const { value: scene, change } = usePart("scene");
  const subjects = scene.subjects ?? [];
  const add = () =>
    change("subjects", (now) => {
      const taken = (now.subjects ?? []).map(({ id }) => id ?? "");
      return {
        ...now,
        subjects: [...(now.subjects ?? []), { id: subjectId("subject", taken), kind: "person" }],
      };
    });
  return (
    <Group
      title={t("scene.subjects")}
      lead={t("scene.subjects_lead")}
      actions={
        <Button size="sm" icon={<Plus className="size-4" aria-hidden />} onClick={add}>
          {t("scene.add_subject")}
        </Button>
      }
    >
      <Place path="scene.subjects" className="grid gap-3">
        {subjects.map((subject, index) => (
          <SubjectRow key={subject.id ?? index} subject={subject} index={index} />
        ))}
      </Place>
    </Group>
  );
}

function SubjectRow({ subject, index }: { subject: Subject; index: number }) {
  const { t, i18n } = useTranslation("contribute");
  const { value: scene, change } = usePart("scene");
  const { data: kinds } = useVocabulary("subject_kind");
  const path = `scene.subjects[${index}]`;
  const others = (scene.subjects ?? []).filter((_, at) => at !== index).map(({ id }) => id ?? "");
  const set = (fields: Partial<Subject>) =>
    change(`subjects.${index}.${Object.keys(fields).join()}`, (now) => ({
      ...now,
      subjects: now.subjects?.map((item, at) => (at === index ? { ...item, ...fields } : item)),
    }));
  const isReferred = JSON.stringify([scene.actions]).includes(`"subject":"${subject.id}"`);
  const rename = (name: string) => set(isReferred ? { name } : { name, id: subjectId(name, others) });
  const remove = () =>
    change(`subjects.${index}`, (now) => ({
      ...now,
      subjects: now.subjects?.filter((_, at) => at !== index),
    }));
  return (
    <div className="grid gap-3 rounded-md border border-line bg-ground p-4 sm:grid-cols-[1fr_9rem_5.5rem_auto]">
      <TextField
        path={`${path}.name`}
        label={t("scene.subject_name")}
        value={subject.name}
        onChange={rename}
      />
      <Select
        label={t("scene.kind")}
        value={subject.kind ?? undefined}
        options={(kinds?.terms ?? []).map((term) => ({
          value: term.id,
          label: labelOf(term, i18n.language),
        }))}
        onChange={(kind) => set({ kind: kind as Subject["kind"] })}
      />
      <NumberField
        path={`${path}.count`}
        label={t("scene.count")}
        value={subject.count ?? 1}
        onChange={(count) => set({ count })}
      />
      <IconButton
        label={t("scene.remove_subject", { name: subject.name ?? "" })}
        icon={<Trash2 />}
        onClick={remove}
        className="sm:mt-6"
      />
      <TextField
        path={`${path}.description`}
        label={t("scene.description")}
        optional={t("optional")}
        value={subject.description}
        onChange={(description) => set({ description })}
        className="sm:col-span-3"
      />
    </div>
  );
}
