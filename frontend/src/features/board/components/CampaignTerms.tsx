import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Stat, Tokens } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";

import type { Campaign } from "../api/list-campaigns";

/** What a campaign pays and asks for, in figures. */
export function CampaignTerms({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(["board", "gates"]);
  return (
    <Panel title={t("terms.title")}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5">
        <Stat label={t("pays_up_to")} hint={t("terms.complete")}>
          <Tokens wei={campaign.base_reward_wei} />
        </Stat>
        <Stat label={t("terms.budget")}>
          <Tokens wei={campaign.budget_wei} places={0} />
        </Stat>
        <Stat label={t("terms.reviews")} hint={t("terms.reviews_hint")}>
          <span className="figures">{campaign.reviews_needed}</span>
        </Stat>
        <Stat label={t("terms.license")}>
          <span className="figures">{campaign.license}</span>
        </Stat>
      </dl>
      <div className="mt-5 grid gap-2 border-t border-line pt-4">
        <h3 className="text-xs font-normal text-muted">{t("terms.required")}</h3>
        <ul className="flex flex-wrap gap-1.5">
          {campaign.required_modalities.map((modality) => (
            <li key={modality}>
              <Badge>{t(`gates:modality.${modality}`)}</Badge>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
