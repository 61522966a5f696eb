import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";
import { useFindingText } from "@/lib/findings";

import type { Finding } from "../api/get-submission";

/** What the gates found, the worst first: what was measured, what is asked, how to fix it. */
export function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useTranslation(["work", "gates"]);
  const said = useFindingText();
  return (
    <Panel title={t("findings.title", { count: findings.length })} flush={findings.length > 0}>
      {findings.length === 0 && <p className="text-sm text-muted">{t("findings.none")}</p>}
      <ul className="divide-y divide-line">
        {findings.map((finding, place) => (
          <li key={place} className="grid gap-1.5 px-5 py-4">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <h3 className="text-sm font-medium">
                {t(`gates:rule.${finding.code}`, { defaultValue: finding.code.replaceAll("_", " ") })}
              </h3>
              <Badge tone={finding.outcome === "reject" ? "bad" : "warn"}>
                {t(`gates:outcome.${finding.outcome}`)}
              </Badge>
            </div>
            <p className="text-sm" dir="auto">
              {said(finding).message}
            </p>
            <p className="text-sm text-muted" dir="auto">
              {said(finding).fix}
            </p>
            <p className="flex gap-2 text-xs text-muted">
              {t(`gates:modality.${finding.modality}`)}
              {finding.part.includes(".") && <span className="figures">{finding.part}</span>}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
