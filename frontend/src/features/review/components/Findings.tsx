import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";
import { useFindingText } from "@/lib/findings";
import { percent, useLocale } from "@/lib/format";

import type { ToJudge } from "../api/take-review";
import type { Finding } from "../model/findings";

/** What the gates say against it, and the quality they reckon. */
export function Findings({ gates }: { gates: ToJudge["gates"] }) {
  const { t } = useTranslation("review");
  const locale = useLocale();
  const said = useFindingText();
  if (!gates) return <Panel title={t("gates.title")}>{t("gates.none")}</Panel>;
  const findings = (gates.findings ?? []) as Finding[];
  return (
    <Panel
      title={t("gates.title")}
      actions={
        <span className="flex gap-3 text-xs text-muted">
          {gates.overall != null && (
            <span>{t("gates.quality", { share: percent(gates.overall, locale) })}</span>
          )}
          {gates.novelty != null && (
            <span>{t("gates.novelty", { share: percent(gates.novelty, locale) })}</span>
          )}
        </span>
      }
    >
      {findings.length === 0 && <p className="text-sm text-muted">{t("gates.clean")}</p>}
      <ul className="grid gap-3">
        {findings.map((finding, index) => (
          <li key={index} className="grid gap-1 text-sm">
            <div className="flex flex-wrap items-center gap-2">
              <Badge tone={finding.outcome === "reject" ? "bad" : "warn"}>
                {t(`modality.${finding.modality}`)}
              </Badge>
              <span className="figures text-xs text-muted">
                {said(finding).told} ({said(finding).asked})
              </span>
            </div>
            <p dir="auto">{said(finding).message}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
