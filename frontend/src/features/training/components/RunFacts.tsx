import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Copyable } from "@/components/ui/Copyable";
import { Panel } from "@/components/ui/Panel";

import type { Run } from "../api/list-runs";

/** What the run was started with, and what it took. */
export function RunFacts({ run }: { run: Run }) {
  const { t } = useTranslation("training");
  const config = Object.entries(run.config as Record<string, unknown>);
  return (
    <Panel title={t("facts.title")}>
      <dl className="grid gap-1.5 text-sm">
        <Row name={t("columns.base")}>{run.base}</Row>
        <Row name={t("facts.export")}>
          <Copyable text={run.export} short={13} label={t("facts.export")} />
        </Row>
        {run.config_fingerprint && (
          <Row name={t("facts.fingerprint")}>
            <Copyable text={run.config_fingerprint} short={16} label={t("facts.fingerprint")} />
          </Row>
        )}
        <Row name={t("columns.device")}>{run.device || "–"}</Row>
        <Row name={t("facts.device_seconds")}>{(run.device_seconds ?? 0).toFixed(0)} s</Row>
      </dl>
      <h3 className="mt-5 mb-2 text-xs font-medium text-muted">{t("facts.config")}</h3>
      <dl className="grid gap-1.5 text-sm">
        {config.map(([name, value]) => (
          <Row key={name} name={<span className="figures">{name}</span>}>
            {value === null ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value)}
          </Row>
        ))}
      </dl>
    </Panel>
  );
}

function Row({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-4">
      <dt className="text-muted">{name}</dt>
      <dd className="figures min-w-0 truncate">{children}</dd>
    </div>
  );
}
