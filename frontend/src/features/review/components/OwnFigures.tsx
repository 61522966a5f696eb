import { useTranslation } from "react-i18next";

import { Stat } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";
import { percent, useLocale } from "@/lib/format";

import { type ReviewerStatistics, useStatistics } from "../api/read-statistics";
import { ReasonText } from "./ReasonText";

const MOST = 5;

/** What one's own judgements amount to: how many, how far they agree, how long they take. */
export function OwnFigures() {
  const { t } = useTranslation("review");
  const statistics = useStatistics();
  return (
    <Panel title={t("standing.figures")}>
      {statistics.isPending && <LoadingRows rows={2} />}
      {statistics.isError && <Failed error={statistics.error} onRetry={() => void statistics.refetch()} />}
      {statistics.data && <Figures figures={statistics.data} />}
    </Panel>
  );
}

function Figures({ figures }: { figures: ReviewerStatistics }) {
  const { t } = useTranslation("review");
  const locale = useLocale();
  const share = (value: number | null) =>
    value === null ? (
      <span className="text-sm font-normal text-muted">{t("statistics.few")}</span>
    ) : (
      percent(value, locale)
    );
  const judged = Object.values(figures.judgements).reduce((sum, count) => sum + count, 0);
  const seconds = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: "second",
    unitDisplay: "short",
    maximumFractionDigits: 0,
  });
  const reasons = Object.entries(figures.reasons).slice(0, MOST);
  return (
    <div className="grid gap-5">
      <dl className="grid grid-cols-2 gap-4">
        <Stat label={t("statistics.judged")}>
          <span className="figures">{judged}</span>
        </Stat>
        <Stat label={t("statistics.median")}>
          {figures.median_judgement_s === null ? "–" : seconds.format(figures.median_judgement_s)}
        </Stat>
        <Stat label={t("statistics.agreement")}>{share(figures.agreement)}</Stat>
        <Stat label={t("statistics.gold")}>{share(figures.gold_accuracy)}</Stat>
      </dl>
      {reasons.length > 0 && (
        <section className="grid gap-1.5">
          <h3 className="text-xs font-medium text-muted">{t("statistics.reasons")}</h3>
          <ul className="grid gap-1 text-sm">
            {reasons.map(([code, count]) => (
              <li key={code} className="flex justify-between gap-4">
                <ReasonText code={code} />
                <span className="figures text-muted">{count}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
