import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextArea, TextInput } from "@/components/ui/Input";
import { Select } from "@/components/ui/Select";
import { Notice } from "@/components/ui/states";
import { errorText, fieldError } from "@/lib/errors";

import { useAllVersions, useCreatePolicy } from "../../api/policies";
import { useVersionLabel } from "../../hooks/use-version-label";

/** A policy of one's own, from any version there is. */
export function NewPolicyDialog({ from, onClose }: { from?: string | null; onClose: () => void }) {
  const { t } = useTranslation(["operator", "common"]);
  const go = useNavigate();
  const versions = useAllVersions();
  const labelOf = useVersionLabel();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [base, setBase] = useState(from ?? undefined);
  const create = useCreatePolicy();
  const taken = fieldError(create.error, "name");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { name: name.trim(), description, base },
      { onSuccess: ({ id }) => void go(`/operator/gates/${id}`) },
    );
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("gates.new")} description={t("gates.new_text")}>
      <form onSubmit={submit} className="grid gap-4 pt-2" noValidate>
        {create.isError && !taken && <Notice tone="bad">{errorText(create.error)}</Notice>}
        <TextInput
          label={t("gates.name")}
          maxLength={80}
          value={name}
          error={taken && errorText(create.error)}
          onChange={(event) => setName(event.target.value)}
        />
        <TextArea
          label={t("gates.description")}
          rows={2}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        <Select
          label={t("gates.begin_from")}
          placeholder={t("gates.newest_default")}
          value={base}
          onChange={setBase}
          options={versions.map((version) => ({ value: version.id, label: labelOf(version) }))}
        />
        <Button
          type="submit"
          look="primary"
          className="justify-self-end"
          disabled={!name.trim()}
          busy={create.isPending}
        >
          {t("gates.create")}
        </Button>
      </form>
    </Dialog>
  );
}
