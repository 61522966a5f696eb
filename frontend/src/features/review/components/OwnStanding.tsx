import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";
import { Stat } from "@/components/ui/figures";
import { percent, useLocale } from "@/lib/format";

import { useStanding } from "../api/read-standing";

/** How one's own judgements count, with the figures behind it. */
export function OwnStanding() {
  const { t } = useTranslation("review");
  const locale = useLocale();
  const standing = useStanding();
  return (
    <Panel title={t("standing.title")}>
      {standing.isPending && <LoadingRows rows={2} />}
      {standing.isError && <Failed error={standing.error} onRetry={() => void standing.refetch()} />}
      {standing.data && (
        <div className="grid gap-5">
          {standing.data.paused && <Notice tone="warn">{t("standing.paused")}</Notice>}
          <dl className="grid grid-cols-2 gap-4">
            <Stat label={t("standing.value")}>{percent(standing.data.value ?? 0, locale)}</Stat>
            <Stat label={t("standing.level")}>{t(`level.${standing.data.level}`)}</Stat>
          </dl>
          {standing.data.factors.length > 0 && (
            <dl className="grid gap-1.5 text-sm">
              {standing.data.factors.map(({ name, count }) => (
                <div key={name} className="flex justify-between gap-4">
                  <dt className="text-muted">
                    {t(`factor.${name}`, { defaultValue: name.replaceAll("_", " ") })}
                  </dt>
                  <dd className="figures">{count}</dd>
                </div>
              ))}
            </dl>
          )}
          <p className="text-sm text-muted">
            {t(standing.data.paused ? "standing.way_back" : "standing.what_counts")}
          </p>
        </div>
      )}
    </Panel>
  );
}
