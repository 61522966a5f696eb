import { useTranslation } from "react-i18next";

import { Failed, Skeleton } from "@/components/ui/states";

import { useScoreSpread } from "../../api/score-spread";
import type { Rule } from "../../model/rules";
import { SpreadChart } from "./SpreadChart";

/** How the scores that this rule looks at lie now: as probabilities where its bounds are such. */
export function RuleSpread({ rule, before }: { rule: Rule; before: Rule | undefined }) {
  const { t } = useTranslation("operator");
  const spread = useScoreSpread(rule.metric, rule.model);
  if (spread.isPending) return <Skeleton className="h-44 w-full" />;
  if (spread.isError) return <Failed error={spread.error} onRetry={() => void spread.refetch()} />;
  const { value, probability, scored, without_value: without } = spread.data;
  const bins = rule.calibrated ? probability : value;
  return (
    <div className="grid content-start gap-2">
      <h3 className="text-sm font-medium">{t(rule.calibrated ? "gates.probabilities" : "gates.scores")}</h3>
      {bins ? (
        <SpreadChart bins={bins} rule={rule} before={before} />
      ) : (
        <p className="rounded-md bg-sunken px-4 py-8 text-center text-sm text-muted">
          {t(scored ? "gates.uncalibrated" : "gates.unmeasured")}
        </p>
      )}
      {without > 0 && <p className="text-xs text-muted">{t("gates.without_value", { count: without })}</p>}
    </div>
  );
}
