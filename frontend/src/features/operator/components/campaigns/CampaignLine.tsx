import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago, Tokens } from "@/components/ui/figures";

import type { Campaign } from "../../api/campaigns";
import { CampaignStatus } from "./CampaignStatus";

export function CampaignLine({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("operator");
  return (
    <Link
      to={`/campaigns/${campaign.id}/edit`}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-4 text-sm transition hover:bg-sunken"
    >
      <span className="grid min-w-0 gap-0.5">
        <span className="font-medium" dir="auto">
          {campaign.title}
        </span>
        {campaign.status === "paused" && campaign.pause_reason ? (
          <span className="text-xs text-warn" dir="auto">
            {campaign.pause_reason}
          </span>
        ) : (
          <span className="text-xs text-muted">
            {t("campaigns.written")} <Ago at={campaign.created_at} />
          </span>
        )}
      </span>
      <span className="flex items-center gap-4">
        <Tokens wei={campaign.budget_wei} places={0} />
        <CampaignStatus status={campaign.status} />
      </span>
    </Link>
  );
}
