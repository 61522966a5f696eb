import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";

import type { Generation } from "../api/list-generations";

type Requested = { negative?: string | null; seed?: number; steps?: number; guidance?: number };

/** By which model and settings it was made: what it takes to make it again. */
export function Facts({ generation }: { generation: Generation }) {
  const { t } = useTranslation("generate");
  const { model, adapter, request, sha256 } = generation;
  const { negative, seed, steps, guidance } = request as Requested;
  const rows: [string, string | number | undefined][] = [
    [t("facts.model"), model],
    [t("adapter"), adapter?.slice(0, 8) ?? t("facts.none")],
    [t("seed"), seed],
    [t("steps"), steps],
    [t("guidance"), guidance],
    ["SHA-256", sha256 ? `${sha256.slice(0, 12)}…` : undefined],
  ];
  return (
    <Panel title={t("facts.title")}>
      <dl className="grid gap-1.5 text-sm">
        {rows
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <div key={name} className="flex justify-between gap-4">
              <dt className="text-muted">{name}</dt>
              <dd className="figures">{value}</dd>
            </div>
          ))}
        {negative && (
          <div className="grid gap-1 border-t border-line pt-2">
            <dt className="text-muted">{t("facts.negative")}</dt>
            <dd dir="auto">{negative}</dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}
