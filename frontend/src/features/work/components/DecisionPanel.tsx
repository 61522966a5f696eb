import { useTranslation } from "react-i18next";

import { Grounds } from "@/components/decision/Grounds";
import { Badge } from "@/components/ui/Badge";
import { Ago } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import type { Schemas } from "@/lib/api";

type Decision = Schemas["DecisionOutput"];
const TONES = { approve: "good", request_changes: "warn", reject: "bad" } as const;

/** How it was decided: by gates or by reviewers, for which reasons, with their notes. */
export function DecisionPanel({ decision }: { decision: Decision }) {
  const { t } = useTranslation("work");
  return (
    <Panel
      title={t("decision.title")}
      actions={<Badge tone={TONES[decision.outcome]}>{t(`decision.outcome.${decision.outcome}`)}</Badge>}
    >
      <div className="grid gap-4">
        <p className="text-sm text-muted">
          {t(decision.source === "gates" ? "decision.by_gates" : "decision.by_reviews")} ·{" "}
          <Ago at={decision.decided_at} />
        </p>
        <Grounds decision={decision} />
      </div>
    </Panel>
  );
}
