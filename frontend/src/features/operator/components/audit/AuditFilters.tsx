import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { TextInput } from "@/components/ui/Input";
import { Select } from "@/components/ui/Select";

import { asking } from "../../model/audit-filter";

const EVERYTHING = "all";
const CHOSEN_IN_TABLE = ["person", "object"] as const;

/** What of the log is shown; kept in the page's address. A person or a thing is chosen in the table. */
export function AuditFilters() {
  const { t } = useTranslation("operator");
  const [query, setQuery] = useSearchParams();
  const ask = (name: Parameters<typeof asking>[1], value: string) =>
    setQuery(asking(query, name, value), { replace: true });
  const named = t("audit.thing", { returnObjects: true }) as Record<string, string>;
  const things = Object.entries(named).map(([value, label]) => ({ value, label }));
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Select
        className="w-56"
        label={t("audit.what")}
        value={query.get("kind") ?? EVERYTHING}
        options={[{ value: EVERYTHING, label: t("audit.everything") }, ...things]}
        onChange={(kind) => ask("kind", kind === EVERYTHING ? "" : kind)}
      />
      {(["since", "until"] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          label={t(`audit.${name}`)}
          value={query.get(name) ?? ""}
          onChange={(event) => ask(name, event.target.value)}
        />
      ))}
      {CHOSEN_IN_TABLE.filter((name) => query.has(name)).map((name) => (
        <Button key={name} className="max-w-full" onClick={() => ask(name, "")}>
          <X className="size-4 shrink-0" aria-hidden />
          <span className="truncate">{t(`audit.only.${name}`, { id: query.get(name) })}</span>
        </Button>
      ))}
    </div>
  );
}
