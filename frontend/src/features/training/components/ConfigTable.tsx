import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Switch } from "@/components/ui/Choice";
import { Panel } from "@/components/ui/Panel";
import { Cell, Table } from "@/components/ui/Table";

import type { Run } from "../api/list-runs";

function valuesOf(runs: Run[], name: string): string[] {
  return runs.map((run) => JSON.stringify((run.config as Record<string, unknown>)[name] ?? null));
}

/** The runs' configurations side by side; only where they differ, if wanted. */
export function ConfigTable({ runs }: { runs: Run[] }) {
  const { t } = useTranslation("training");
  const [all, setAll] = useState(false);
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.config as object)))].sort();
  const rows = names
    .map((name) => ({ name, values: valuesOf(runs, name) }))
    .filter(({ values }) => all || new Set(values).size > 1);
  return (
    <Panel
      title={t("facts.config")}
      flush
      actions={<Switch label={t("compare.same_too")} checked={all} onChange={setAll} />}
    >
      <Table caption={t("facts.config")} head={[t("compare.name"), ...runs.map(({ id }) => id.slice(0, 13))]}>
        {rows.map(({ name, values }) => (
          <tr key={name}>
            <Cell className="figures text-muted">{name}</Cell>
            {values.map((value, index) => (
              <Cell key={index} className="figures">
                {value === "null" ? "–" : value}
              </Cell>
            ))}
          </tr>
        ))}
      </Table>
    </Panel>
  );
}
