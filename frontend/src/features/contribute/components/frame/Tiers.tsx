import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";

import type { Precheck } from "../../api/get-precheck";

const TONES: Record<string, Tone> = { waiting: "live", running: "live", ready: "good", failed: "bad" };

/** How far the two rounds of measuring are: the one without models comes first. */
export function Tiers({ check }: { check: Precheck }) {
  const { t } = useTranslation("contribute");
  return (
    <dl className="grid gap-2">
      {(["model_free", "models"] as const).map((tier) => {
        const { status, failure } = check.tiers[tier];
        return (
          <div key={tier} className="flex flex-wrap items-center justify-between gap-2 text-sm">
            <dt className="text-muted">{t(`check.tier.${tier}`)}</dt>
            <dd>
              <Badge tone={TONES[status] ?? "neutral"}>{t(`check.tier_state.${status}`)}</Badge>
            </dd>
            {failure && (
              <p className="w-full text-xs text-bad">
                {String((failure as { message?: string }).message ?? "")}
              </p>
            )}
          </div>
        );
      })}
    </dl>
  );
}
