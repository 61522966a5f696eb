import { useTranslation } from "react-i18next";

import { Field } from "@/components/ui/Field";
import { Select } from "@/components/ui/Select";
import { dateTime, useLocale } from "@/lib/format";

import { useDatasetChoices, useExportChoices, useVersionChoices } from "../api/choose-export";

type Props = {
  /** Named by the link that led here: nothing is left to choose. */
  given: string | null;
  texts: Record<string, string>;
  change: (name: string, text: string) => void;
  error?: string;
};

/** Which export is learnt from: dataset, version, export. */
export function ExportChoice({ given, texts, change, error }: Props) {
  const { t } = useTranslation("training");
  const locale = useLocale();
  const datasets = useDatasetChoices();
  const versions = useVersionChoices(texts.dataset ?? "");
  const exports = useExportChoices(texts.version ?? "");
  if (given)
    return (
      <Field label={t("facts.export")}>
        {({ required: _required, ...wiring }) => (
          <output {...wiring} className="figures flex h-10 items-center truncate">
            {given}
          </output>
        )}
      </Field>
    );
  return (
    <>
      <Select
        label={t("new.dataset")}
        placeholder={t("new.choose")}
        value={texts.dataset}
        onChange={(id) => change("dataset", id)}
        options={datasets.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      />
      <Select
        label={t("new.version")}
        placeholder={t("new.choose")}
        disabled={!versions.data?.length}
        value={texts.version}
        onChange={(id) => change("version", id)}
        options={
          versions.data?.map(({ id, number, item_count: count }) => ({
            value: id,
            label: t("new.version_name", { number, count: count ?? 0 }),
          })) ?? []
        }
      />
      <Select
        label={t("facts.export")}
        placeholder={t("new.choose")}
        hint={exports.data?.length === 0 ? t("new.no_export") : undefined}
        error={error}
        disabled={!exports.data?.length}
        value={texts.export}
        onChange={(id) => change("export", id)}
        options={
          exports.data?.map(({ id, created_at: at }) => ({ value: id, label: dateTime(at, locale) })) ?? []
        }
      />
    </>
  );
}
