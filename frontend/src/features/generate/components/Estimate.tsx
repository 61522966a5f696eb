import { useTranslation } from "react-i18next";

import { Tokens } from "@/components/ui/figures";
import { errorText } from "@/lib/errors";
import { duration, useLocale } from "@/lib/format";

import { type Asked, useEstimate } from "../api/request-generation";

/** The bill before starting: what clips like it took and cost, from the cheapest to the dearest. */
export function Estimate({ asked }: { asked: Asked }) {
  const { t } = useTranslation("generate");
  const locale = useLocale();
  const { data, error } = useEstimate(asked);
  if (error) return <p className="text-sm text-bad">{errorText(error)}</p>;
  if (!data) return <p className="text-sm text-muted">{t("estimate.asking")}</p>;
  const { price_low_wei: low, price_high_wei: high, seconds, measured, basis } = data;
  if (low === null || high === null || seconds === null)
    return <p className="text-sm text-muted">{t("estimate.none")}</p>;
  return (
    <section aria-label={t("estimate.title")} className="grid gap-1 text-sm">
      <dl className="flex flex-wrap gap-x-8 gap-y-1">
        <div className="flex gap-2">
          <dt className="text-muted">{t("estimate.time")}</dt>
          <dd>{duration(Math.max(1, seconds), locale)}</dd>
        </div>
        <div className="flex gap-2">
          <dt className="text-muted">{t("estimate.cost")}</dt>
          <dd dir="ltr">
            <Tokens wei={low} /> – <Tokens wei={high} />
          </dd>
        </div>
      </dl>
      <p className="text-xs text-muted">{t(`estimate.basis.${basis}`, { count: measured })}</p>
    </section>
  );
}
