import { useTranslation } from "react-i18next";

import { TextInput } from "@/components/ui/Input";

import type { Fault, FormField } from "../model/config-form";

type Props = {
  field: FormField;
  text: string;
  fault?: Fault;
  /** The server's own complaint about it. */
  refused?: string;
  onChange: (text: string) => void;
};

/** The schema's title and help are the engine's words, in English; a translation goes before them. */
export function ConfigField({ field, text, fault, refused, onChange }: Props) {
  const { t } = useTranslation("training");
  const { name, lowest, highest } = field;
  const range = { low: lowest ?? "−∞", high: highest ?? "∞" };
  return (
    <TextInput
      label={t(`field.${name}.title`, { defaultValue: field.title })}
      hint={t(`field.${name}.hint`, { defaultValue: field.description })}
      optionalText={field.optional ? t("new.optional") : undefined}
      error={fault ? t(`fault.${fault}`, range) : refused}
      inputMode={field.kind === "string" ? "text" : "decimal"}
      dir="ltr"
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
