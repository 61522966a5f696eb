import { useTranslation } from "react-i18next";

import { Tokens } from "@/components/ui/figures";
import { useLocale } from "@/lib/format";

import type { Credit } from "../api/list-credits";

const ONE_BP = 10_000;

/** The formula with the person's own numbers: base, each factor with what it stands for, the amount. */
export function Formula({ credit }: { credit: Credit }) {
  const { t } = useTranslation("earnings");
  const factor = new Intl.NumberFormat(useLocale(), { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  return (
    <dl className="grid gap-2 text-sm">
      <Row name={t("formula.base")} meaning={t("formula.base_meaning")}>
        <Tokens wei={credit.base_wei} />
      </Row>
      {credit.factors.map(({ name, bp, meaning }) => (
        <Row key={name} name={t(`formula.factor.${name}`, { defaultValue: name })} meaning={meaning}>
          <span className="figures">× {factor.format(bp / ONE_BP)}</span>
        </Row>
      ))}
      <div className="mt-1 flex items-baseline justify-between gap-6 border-t border-line pt-2 font-medium">
        <dt>{t("formula.amount")}</dt>
        <dd>
          = <Tokens wei={credit.amount_wei} places={6} />
        </dd>
      </div>
    </dl>
  );
}

function Row({ name, meaning, children }: { name: string; meaning: string; children: React.ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-6">
      <dt className="grid">
        {name}
        <span className="text-xs text-muted" dir="auto">
          {meaning}
        </span>
      </dt>
      <dd className="shrink-0">{children}</dd>
    </div>
  );
}
