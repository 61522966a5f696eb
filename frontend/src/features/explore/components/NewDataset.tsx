import { Plus } from "lucide-react";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextArea, TextInput } from "@/components/ui/Input";
import { Notice } from "@/components/ui/states";
import { errorText, fieldError } from "@/lib/errors";

import { type NewDataset as Input, useCreateDataset } from "../api/create-dataset";

/** Names go into paths and commands: letters, digits, - and _. */
const NAME = /^[-a-zA-Z0-9_]+$/;

export function NewDataset({ onCreated }: { onCreated?: (id: string) => void }) {
  const { t } = useTranslation("explore");
  const [open, setOpen] = useState(false);
  const form = useForm<Input>();
  const create = useCreateDataset();
  const submit = form.handleSubmit((dataset) =>
    create.mutate(dataset, {
      onSuccess: ({ id }) => {
        setOpen(false);
        form.reset();
        onCreated?.(id);
      },
    }),
  );
  const wrongName = form.formState.errors.name && t("new_dataset.name_wrong");
  return (
    <>
      <Button
        look={onCreated ? "secondary" : "primary"}
        icon={<Plus className="size-4" />}
        onClick={() => setOpen(true)}
      >
        {t("new_dataset.title")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("new_dataset.title")}>
        <form onSubmit={submit} className="grid gap-4" noValidate>
          {create.isError && !fieldError(create.error, "name") && (
            <Notice tone="bad">{errorText(create.error)}</Notice>
          )}
          <TextInput
            label={t("new_dataset.name")}
            hint={t("new_dataset.name_hint")}
            dir="ltr"
            required
            maxLength={80}
            error={wrongName ?? fieldError(create.error, "name")}
            {...form.register("name", { required: true, pattern: NAME })}
          />
          <TextArea label={t("new_dataset.description")} rows={3} {...form.register("description")} />
          <Button type="submit" look="primary" busy={create.isPending}>
            {t("new_dataset.create")}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
