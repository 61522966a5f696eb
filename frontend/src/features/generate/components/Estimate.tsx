import { useTranslation } from "react-i18next";

import { Tokens } from "@/components/ui/figures";

import { type Asked, useEstimate } from "../api/request-generation";

/** What the clip is likely to cost, from clips like it. */
export function Estimate({ asked }: { asked: Asked }) {
  const { t } = useTranslation("generate");
  const { data } = useEstimate(asked);
  if (!data) return <span />;
  const { price_low_wei: low, price_high_wei: high, seconds } = data;
  if (low === null || high === null || seconds === null)
    return <span className="text-sm text-muted">{t("estimate.none")}</span>;
  return (
    <p className="text-sm text-muted">
      {t("estimate.text", { seconds: seconds.toFixed(0) })} <Tokens wei={low} /> – <Tokens wei={high} />
    </p>
  );
}
