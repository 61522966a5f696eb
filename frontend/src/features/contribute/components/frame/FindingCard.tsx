import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { useFindingText } from "@/lib/findings";

import type { PlacedFinding } from "../../draft/findings";
import { stepOf } from "../../draft/steps";

/** One rule that is not met: what was measured, what is asked, how to fix it. */
export function FindingCard({ finding, onJump }: { finding: PlacedFinding; onJump: (path: string) => void }) {
  const { t } = useTranslation("contribute");
  const { path, outcome, metric } = finding;
  const { message, fix, told, asked } = useFindingText()(finding);
  const step = stepOf(path);
  return (
    <button
      type="button"
      onClick={() => onJump(path)}
      className="grid w-full gap-1 px-5 py-3 text-start transition hover:bg-sunken"
    >
      <span className="flex items-center justify-between gap-2 text-xs text-muted">
        <span>{step ? t(`step.${step}`) : t("check.whole")}</span>
        <Badge tone={outcome === "reject" ? "bad" : "warn"}>{t(`check.outcome.${outcome}`)}</Badge>
      </span>
      <bdi className="text-sm font-medium">{message}</bdi>
      {told && (
        <span className="flex flex-wrap gap-x-3 text-xs text-muted" title={metric}>
          <span>
            {t("check.measured")} <bdi className="figures">{told}</bdi>
          </span>
          <span>
            {t("check.asked")} <bdi className="figures">{asked}</bdi>
          </span>
        </span>
      )}
      <bdi className="text-sm text-muted">{fix}</bdi>
    </button>
  );
}
