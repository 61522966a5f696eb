import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Stat, Tokens } from "@/components/ui/figures";
import { TextInput } from "@/components/ui/Input";
import { Panel } from "@/components/ui/Panel";
import { Slider } from "@/components/ui/Slider";
import { percent, useLocale } from "@/lib/format";
import { parseTokens } from "@/lib/money";

import { usePayFormula } from "../../api/campaigns";
import type { CampaignEditing } from "../../hooks/use-campaign-form";
import { costOf, coveredBy } from "../../model/budget";

const ONE_BP = 10_000;

/** What is paid, and what that comes to for one record and for the budget. */
export function Rates({ campaignId, editing }: { campaignId: string; editing: CampaignEditing }) {
  const { t } = useTranslation("operator");
  const { form, put, fixed, faults } = editing;
  const bad = (field: "reward" | "fee") => (faults.has(field) ? t("campaigns.amount_bad") : undefined);
  const amount = (field: "reward" | "fee") => ({
    inputMode: "decimal" as const,
    dir: "ltr" as const,
    disabled: fixed,
    value: form[field],
    error: bad(field),
  });
  return (
    <Panel title={t("campaigns.rates")}>
      <div className="grid gap-6">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextInput
            {...amount("reward")}
            label={t("campaigns.reward")}
            hint={t("campaigns.reward_hint")}
            onChange={(event) => put({ reward: event.target.value })}
          />
          <TextInput
            {...amount("fee")}
            label={t("campaigns.fee")}
            hint={t("campaigns.fee_hint")}
            onChange={(event) => put({ fee: event.target.value })}
          />
        </div>
        <Calculator campaignId={campaignId} editing={editing} />
      </div>
    </Panel>
  );
}

/** For whole records of one quality, at full trust and novelty: the most that they can cost. */
function Calculator({ campaignId, editing: { form } }: { campaignId: string; editing: CampaignEditing }) {
  const { t } = useTranslation("operator");
  const locale = useLocale();
  const [quality, setQuality] = useState(0.8);
  const formula = usePayFormula(campaignId).data;
  const [rewardWei, feeWei] = [parseTokens(form.reward), parseTokens(form.fee)];
  if (!formula || rewardWei === null || feeWei === null) return null;
  const partsBp = Object.values(formula.shares_bp).reduce((sum, bp) => sum + bp, 0);
  const qualityBp = Math.round(quality * ONE_BP);
  const cost = costOf({ rewardWei, feeWei, reviews: form.reviews_needed, partsBp, qualityBp });
  const covered = coveredBy(BigInt(formula.budget_left_wei), cost.all);
  return (
    <div className="grid gap-5 rounded-md bg-sunken p-5">
      <div className="max-w-sm">
        <Slider
          label={t("campaigns.if_quality")}
          value={quality}
          min={0.1}
          max={1}
          step={0.05}
          shown={percent(quality, locale)}
          onChange={setQuality}
        />
      </div>
      <dl className="grid grid-cols-2 gap-5 lg:grid-cols-4">
        <Stat label={t("campaigns.to_contributor")}>
          <Tokens wei={cost.contributor} places={3} />
        </Stat>
        <Stat label={t("campaigns.to_reviewers")}>
          <Tokens wei={cost.reviewers} places={3} />
        </Stat>
        <Stat label={t("campaigns.budget_left")}>
          <Tokens wei={formula.budget_left_wei} places={1} />
        </Stat>
        <Stat label={t("campaigns.covers")} hint={t("campaigns.covers_hint")}>
          <span className="figures">
            {covered === null ? "∞" : new Intl.NumberFormat(locale).format(covered)}
          </span>
        </Stat>
      </dl>
    </div>
  );
}
