import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { Select } from "@/components/ui/Select";

import type { Part } from "../../draft/record";
import { usePart } from "../../hooks/use-draft";
import { useSubjects } from "../../hooks/use-subjects";
import { Group, Place } from "../fields/Place";
import { TextField } from "../fields/TextField";

type Release = NonNullable<Part<"rights">["releases"]>[number];
const KINDS = ["person", "property", "location"] as const;

/** Signed permissions, by the contributor's own reference: the papers themselves stay with them. */
export function Releases() {
  const { t } = useTranslation("contribute");
  const { value, change } = usePart("rights");
  const subjects = useSubjects();
  const setAll = (field: string, next: (now: Release[]) => Release[]) =>
    change(`releases${field}`, (now) => ({ ...now, releases: next(now.releases ?? []) }));
  const set = (index: number, fields: Partial<Release>) =>
    setAll(`.${index}.${Object.keys(fields).join()}`, (now) =>
      now.map((release, at) => (at === index ? { ...release, ...fields } : release)),
    );
  return (
    <Group
      title={t("rights.releases")}
      lead={t("rights.releases_lead")}
      actions={
        <Button
          size="sm"
          icon={<Plus className="size-4" aria-hidden />}
          onClick={() => setAll("", (now) => [...now, { kind: "person" }])}
        >
          {t("rights.add_release")}
        </Button>
      }
    >
      <Place path="rights.releases" className="grid gap-3">
        {(value.releases ?? []).map((release, index) => (
          <div
            key={index}
            className="grid gap-3 rounded-md border border-line bg-ground p-4 sm:grid-cols-[9rem_10rem_1fr_auto]"
          >
            <Select
              label={t("rights.release_kind")}
              value={release.kind ?? undefined}
              options={KINDS.map((kind) => ({ value: kind, label: t(`rights.kinds.${kind}`) }))}
              onChange={(kind) => set(index, { kind })}
            />
            <Select
              label={t("rights.release_of")}
              value={release.subject ?? undefined}
              placeholder="–"
              options={subjects}
              disabled={!subjects.length}
              onChange={(subject) => set(index, { subject })}
            />
            <TextField
              path={`rights.releases[${index}].reference`}
              label={t("rights.reference")}
              placeholder={t("rights.reference_example")}
              value={release.reference}
              onChange={(reference) => set(index, { reference })}
            />
            <IconButton
              label={t("rights.remove_release")}
              icon={<Trash2 />}
              className="sm:mt-6"
              onClick={() => setAll("", (now) => now.filter((_, at) => at !== index))}
            />
          </div>
        ))}
      </Place>
    </Group>
  );
}
