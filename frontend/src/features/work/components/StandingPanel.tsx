import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";
import { Progress } from "@/components/ui/Progress";
import { Failed, LoadingRows } from "@/components/ui/states";
import { percent, useLocale } from "@/lib/format";

import { type Standing, useStanding } from "../api/get-standing";

const TONES: Record<string, Tone> = { trusted: "good", usual: "info", new: "neutral", low: "warn" };

/** How far one's work is trusted, what made it so, and what follows from it. */
export function StandingPanel({ of }: { of: NonNullable<Standing["role"]> }) {
  const { t } = useTranslation("work");
  const standing = useStanding();
  const mine = standing.data?.find((one) => one.role === of);
  return (
    <Panel title={t("standing.title")}>
      {standing.isPending && <LoadingRows rows={2} />}
      {standing.isError && <Failed error={standing.error} onRetry={() => void standing.refetch()} />}
      {mine && <StandingFacts standing={mine} />}
    </Panel>
  );
}

function StandingFacts({ standing }: { standing: Standing }) {
  const { t } = useTranslation("work");
  const locale = useLocale();
  const { value = 0, level = "new", paused, factors = [], effects = [] } = standing;
  return (
    <div className="grid gap-4">
      <div className="flex items-center justify-between gap-3">
        <span className="figures text-xl">{percent(value, locale)}</span>
        <Badge tone={paused ? "bad" : (TONES[level] ?? "neutral")}>
          {paused ? t("standing.paused") : t(`standing.level.${level}`, { defaultValue: level })}
        </Badge>
      </div>
      <Progress value={value} label={t("standing.title")} />
      {factors.length > 0 && (
        <dl className="grid gap-1.5 text-sm">
          {factors.map((factor) => (
            <div key={factor.name} className="flex justify-between gap-4">
              <dt className="text-muted">
                {t(`standing.factor.${factor.name}`, { defaultValue: factor.name.replaceAll("_", " ") })}
              </dt>
              <dd className="figures">{factor.count}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul className="grid list-disc gap-1.5 ps-4 text-xs text-muted">
        {effects.map(({ code, message, values }) => (
          <li key={code}>{t(`standing.effect.${code}`, { ...values, defaultValue: message })}</li>
        ))}
      </ul>
    </div>
  );
}
