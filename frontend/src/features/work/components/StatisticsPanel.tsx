import { useTranslation } from "react-i18next";

import { Stat } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Progress } from "@/components/ui/Progress";
import { Failed, LoadingRows } from "@/components/ui/states";
import { percent, useLocale } from "@/lib/format";

import { type ContributorStatistics, useStatistics } from "../api/get-statistics";

const HOUR_S = 3600;

export function StatisticsPanel() {
  const { t } = useTranslation("work");
  const statistics = useStatistics();
  return (
    <Panel title={t("statistics.title")}>
      {statistics.isPending && <LoadingRows rows={2} />}
      {statistics.isError && <Failed error={statistics.error} onRetry={() => void statistics.refetch()} />}
      {statistics.isSuccess && <Figures statistics={statistics.data.contributor} />}
    </Panel>
  );
}

function Figures({ statistics }: { statistics: ContributorStatistics }) {
  const { t } = useTranslation(["work", "gates"]);
  const locale = useLocale();
  const { acceptance_rate: rate, median_decision_s: median } = statistics;
  const hours = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: median !== null && median < HOUR_S ? "minute" : "hour",
    maximumFractionDigits: 1,
  });
  return (
    <div className="grid gap-5">
      <dl className="grid grid-cols-2 gap-4">
        <Stat label={t("statistics.accepted")}>
          <span className="figures">{rate === null ? "–" : percent(rate, locale)}</span>
        </Stat>
        <Stat label={t("statistics.median")}>
          {median === null ? "–" : hours.format(median < HOUR_S ? median / 60 : median / HOUR_S)}
        </Stat>
      </dl>
      <ul className="grid gap-3 empty:hidden">
        {statistics.by_modality.map(({ modality, decided, accepted }) => {
          const name = t(`gates:modality.${modality}`, { defaultValue: modality });
          return (
            <li key={modality} className="grid gap-1.5">
              <span className="flex justify-between text-sm">
                {name}
                <span className="figures text-muted">{`${accepted}/${decided}`}</span>
              </span>
              <Progress value={decided ? accepted / decided : 0} label={name} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
