import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";
import { Progress } from "@/components/ui/Progress";
import { Failed, LoadingRows } from "@/components/ui/states";
import { percent, useLocale } from "@/lib/format";

import { type Standing, type Statistics, usePersonStatistics } from "../../api/people";

const TONES: Record<string, Tone> = { trusted: "good", usual: "info", new: "neutral", low: "warn" };

/** How far a person's work is trusted in each role, what made it so, and their figures. */
export function Standings({ personId }: { personId: string }) {
  const { t } = useTranslation(["operator", "common"]);
  const statistics = usePersonStatistics(personId);
  if (statistics.isPending) return <LoadingRows rows={3} />;
  if (statistics.isError)
    return <Failed error={statistics.error} onRetry={() => void statistics.refetch()} />;
  const found = statistics.data;
  return (
    <div className="grid items-start gap-6 md:grid-cols-2">
      {found.standings.map((standing) => (
        <Panel key={standing.role} title={t(`people.as.${standing.role}`)}>
          <div className="grid gap-5">
            <StandingFacts standing={standing} />
            <Figures of={standing.role} statistics={found} />
          </div>
        </Panel>
      ))}
    </div>
  );
}

function StandingFacts({ standing }: { standing: Standing }) {
  const { t } = useTranslation(["operator", "work"]);
  const locale = useLocale();
  const { value = 0, level = "new", paused, factors } = standing;
  return (
    <div className="grid gap-4">
      <div className="flex items-center justify-between gap-3">
        <span className="figures text-xl">{percent(value, locale)}</span>
        <Badge tone={paused ? "bad" : (TONES[level] ?? "neutral")}>
          {t(paused ? "work:standing.paused" : `work:standing.level.${level}`, { defaultValue: level })}
        </Badge>
      </div>
      <Progress value={value} label={t("people.standing")} />
      {factors.length === 0 && <p className="text-sm text-muted">{t("people.nothing_counts")}</p>}
      {factors.length > 0 && (
        <table className="w-full text-sm">
          <caption className="sr-only">{t("people.why")}</caption>
          <thead>
            <tr className="text-xs text-muted">
              <th scope="col" className="pb-1.5 text-start font-medium">
                {t("people.why")}
              </th>
              <th scope="col" className="pb-1.5 text-end font-medium">
                {t("people.times")}
              </th>
              <th scope="col" className="pb-1.5 text-end font-medium">
                {t("people.counts")}
              </th>
            </tr>
          </thead>
          <tbody>
            {factors.map((factor) => (
              <FactorRow key={factor.name} factor={factor} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function FactorRow({ factor }: { factor: Standing["factors"][number] }) {
  const { t } = useTranslation("work");
  const counted = factor.faded * factor.weight;
  return (
    <tr>
      <td className="py-0.5 text-muted">
        {t(`standing.factor.${factor.name}`, { defaultValue: factor.name.replaceAll("_", " ") })}
      </td>
      <td className="figures py-0.5 text-end">{factor.count}</td>
      <td className={`figures py-0.5 text-end ${counted < 0 ? "text-bad" : "text-good"}`}>
        {counted > 0 ? "+" : ""}
        {Number(counted.toFixed(1))}
      </td>
    </tr>
  );
}

function Figures({ of, statistics }: { of: Standing["role"]; statistics: Statistics }) {
  const { t } = useTranslation("operator");
  const locale = useLocale();
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0);
  const share = (value: number | null) => (value === null ? "–" : percent(value, locale));
  const { contributor, reviewer } = statistics;
  const shown: [string, string | number][] =
    of === "contributor"
      ? [
          ["submissions", sum(contributor.submissions)],
          ["acceptance", share(contributor.acceptance_rate)],
        ]
      : [
          ["judgements", sum(reviewer.judgements)],
          ["agreement", share(reviewer.agreement)],
          ["gold_accuracy", share(reviewer.gold_accuracy)],
        ];
  return (
    <dl className="grid gap-1.5 border-t border-line pt-4 text-sm">
      {shown.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-4">
          <dt className="text-muted">{t(`people.figure.${name}`)}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
