import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";

import { countOf } from "../../model/rules";
import type { Difference } from "../../api/policies";

type Line = { key: string; name: string; tone: Tone; what: string; fields: Field[] };
type Field = { field: string; before: unknown; after: unknown };

/** What differs between two policies, rule by rule, each figure before and after. */
export function Changes({ found }: { found: Difference }) {
  const { t } = useTranslation(["operator", "gates"]);
  const nameOf = (id: string) => t(`gates:rule.${id}`, { defaultValue: id.replaceAll("_", " ") });
  const plain = (ids: string[], tone: Tone, what: string): Line[] =>
    ids.map((id) => ({ key: `${what} ${id}`, name: nameOf(id), tone, what, fields: [] }));
  const lines: Line[] = [
    ...plain(found.added, "good", t("gates.added")),
    ...plain(found.removed, "bad", t("gates.removed")),
    ...Object.entries(found.changed).map(([id, fields]) => ({
      ...{ key: id, name: nameOf(id), tone: "info" as const, what: t("gates.changed") },
      fields: fields.map(({ field, before, after }) => ({ field, before, after })),
    })),
    ...Object.entries(found.weights).map(([part, [before, after]]) => ({
      ...{ key: `weight ${part}`, name: t(`gates:modality.${part}`), tone: "info" as const },
      what: t("gates.weights"),
      fields: [{ field: "weight", before, after }],
    })),
  ];
  if (countOf(found) === 0) return <p className="text-sm text-muted">{t("gates.same")}</p>;
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {lines.map((line) => (
        <li key={line.key} className="grid gap-1.5 px-4 py-2.5 text-sm">
          <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            {line.name}
            <Badge tone={line.tone}>{line.what}</Badge>
          </span>
          {line.fields.map((field) => (
            <FieldChange key={field.field} {...field} />
          ))}
        </li>
      ))}
    </ul>
  );
}

function FieldChange({ field, before, after }: Field) {
  const { t } = useTranslation("operator");
  return (
    <span className="flex flex-wrap items-baseline gap-x-2 text-xs text-muted">
      <span className="min-w-24">{t(`gates.field.${field}`, { defaultValue: field })}</span>
      <Value value={before} />
      <ArrowRight className="size-3 self-center rtl:-scale-x-100" aria-label={t("gates.becomes")} />
      <span className="text-ink">
        <Value value={after} />
      </span>
    </span>
  );
}

function Value({ value }: { value: unknown }) {
  const { t } = useTranslation("operator");
  if (value === null || value === undefined) return <span>{t("gates.never")}</span>;
  if (typeof value === "string") return <q>{value}</q>;
  if (typeof value === "boolean") return <span>{t(value ? "yes" : "no")}</span>;
  if (Array.isArray(value) && value.every((end) => typeof end === "number"))
    return <span className="figures">{value.join("–")}</span>;
  return <span className="figures">{JSON.stringify(value)}</span>;
}
