import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";
import { Ago } from "@/components/ui/figures";

import type { Intent } from "../../api/payouts";

const TONES: Record<NonNullable<Intent["status"]>, Tone> = {
  waiting: "neutral",
  sent: "live",
  final: "good",
  failed: "bad",
};

/** A step to the chain, what holds it up, and what to do. */
export function IntentLine({ intent }: { intent: Intent }) {
  const { t } = useTranslation("operator");
  const { status = "waiting", alert } = intent;
  const failure = (intent.failure as { message?: string } | null)?.message;
  return (
    <div className="grid gap-1.5 px-5 py-3 text-sm">
      <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        {t(`payouts.step.${intent.kind}`)}
        <span className="flex items-center gap-3 text-xs text-muted">
          <Ago at={intent.created_at} />
          <Badge tone={TONES[status]}>{t(`payouts.step_is.${status}`)}</Badge>
        </span>
      </span>
      {(alert || failure) && (
        <p className="text-warn [overflow-wrap:anywhere]" dir="auto">
          {alert || failure}
        </p>
      )}
    </div>
  );
}
