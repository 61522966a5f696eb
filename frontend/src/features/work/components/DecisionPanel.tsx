import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Ago } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import type { Schemas } from "@/lib/api";

type Decision = Schemas["DecisionOutput"];
const TONES = { approve: "good", request_changes: "warn", reject: "bad" } as const;

/** How it was decided: by gates or by reviewers, for which reasons, with their notes. */
export function DecisionPanel({ decision }: { decision: Decision }) {
  const { t } = useTranslation(["work", "gates"]);
  const notes = decision.notes.filter((note): note is string => typeof note === "string" && note !== "");
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
        {decision.reasons.length > 0 && (
          <ul className="flex flex-wrap gap-1.5" aria-label={t("decision.reasons")}>
            {decision.reasons.map((reason) => (
              <li key={reason}>
                <Badge>
                  {t([`reason.${reason}`, `gates:rule.${reason}`], {
                    defaultValue: reason.replaceAll("_", " "),
                  })}
                </Badge>
              </li>
            ))}
          </ul>
        )}
        {notes.map((note, place) => (
          <blockquote
            key={place}
            className="border-s-2 border-line-strong ps-4 text-sm whitespace-pre-line"
            dir="auto"
          >
            {note}
          </blockquote>
        ))}
      </div>
    </Panel>
  );
}
