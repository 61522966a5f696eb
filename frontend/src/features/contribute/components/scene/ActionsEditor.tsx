import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { Select } from "@/components/ui/Select";

import type { Part } from "../../draft/record";
import { useDraft, usePart } from "../../hooks/use-draft";
import { useSubjects } from "../../hooks/use-subjects";
import { NumberField } from "../fields/NumberField";
import { Group, Place } from "../fields/Place";
import { TextField } from "../fields/TextField";

type Action = NonNullable<Part<"scene">["actions"]>[number];

/** What happens when: a subject, the rest of the sentence, and its time. */
export function ActionsEditor() {
  const { t } = useTranslation("contribute");
  const { value: scene, change } = usePart("scene");
  const subjects = useSubjects();
  const end_s = useDraft().timeline?.duration_s ?? 0;
  const actions = scene.actions ?? [];
  const add = () =>
    change("actions", (now) => ({
      ...now,
      actions: [...(now.actions ?? []), { subject: subjects[0]?.value, start_s: 0, end_s }],
    }));
  return (
    <Group
      title={t("scene.actions")}
      lead={t(subjects.length ? "scene.actions_lead" : "scene.actions_need_subject")}
      actions={
        <Button
          size="sm"
          disabled={!subjects.length}
          icon={<Plus className="size-4" aria-hidden />}
          onClick={add}
        >
          {t("scene.add_action")}
        </Button>
      }
    >
      <Place path="scene.actions" className="grid gap-3">
        {actions.map((action, index) => (
          <ActionRow key={index} action={action} index={index} />
        ))}
      </Place>
    </Group>
  );
}

function ActionRow({ action, index }: { action: Action; index: number }) {
  const { t } = useTranslation("contribute");
  const { change } = usePart("scene");
  const subjects = useSubjects();
  const path = `scene.actions[${index}]`;
  const set = (fields: Partial<Action>) =>
    change(`actions.${index}.${Object.keys(fields).join()}`, (now) => ({
      ...now,
      actions: now.actions?.map((item, at) => (at === index ? { ...item, ...fields } : item)),
    }));
  const remove = () =>
    change(`actions.${index}`, (now) => ({ ...now, actions: now.actions?.filter((_, at) => at !== index) }));
  return (
    <div className="grid grid-cols-2 gap-3 rounded-md border border-line bg-ground p-4 sm:grid-cols-[10rem_1fr_5.5rem_5.5rem_auto]">
      <Place path={`${path}.subject`} className="col-span-2 sm:col-span-1">
        <Select
          label={t("scene.who")}
          value={action.subject ?? undefined}
          options={subjects}
          onChange={(subject) => set({ subject })}
        />
      </Place>
      <TextField
        path={`${path}.verb`}
        label={t("scene.does")}
        placeholder={t("scene.does_example")}
        value={action.verb}
        onChange={(verb) => set({ verb })}
        className="col-span-2 sm:col-span-1"
      />
      <NumberField
        path={`${path}.start_s`}
        label={t("from_s")}
        value={action.start_s}
        onChange={(start_s) => set({ start_s })}
      />
      <NumberField
        path={`${path}.end_s`}
        label={t("to_s")}
        value={action.end_s}
        onChange={(end_s) => set({ end_s })}
      />
      <IconButton label={t("scene.remove_action")} icon={<Trash2 />} onClick={remove} className="sm:mt-6" />
    </div>
  );
}
