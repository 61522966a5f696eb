import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Tokens } from "@/components/ui/figures";

import type { Campaign } from "../api/list-campaigns";
import { StatusBadge } from "./StatusBadge";

export function CampaignCard({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("board");
  return (
    <article className="relative flex h-full flex-col overflow-hidden rounded-lg border border-line bg-surface transition hover:border-line-strong">
      {campaign.cover && (
        <img src={campaign.cover.url} alt="" className="aspect-video w-full bg-sunken object-cover" />
      )}
      <div className="grid grow grid-rows-[auto_1fr_auto] gap-4 p-5">
        <header className="grid gap-2.5">
          <StatusBadge status={campaign.status} />
          <h2 className="text-lg" dir="auto">
            <Link to={`/campaigns/${campaign.id}`} className="after:absolute after:inset-0 after:rounded-lg">
              {campaign.title}
            </Link>
          </h2>
        </header>
        <p className="line-clamp-3 text-sm text-muted" dir="auto">
          {campaign.brief}
        </p>
        <dl className="flex items-end justify-between gap-4 border-t border-line pt-4 text-sm">
          <div>
            <dt className="text-xs text-muted">{t("pays_up_to")}</dt>
            <dd className="font-medium">
              <Tokens wei={campaign.base_reward_wei} />
            </dd>
          </div>
          <div className="text-end">
            <dt className="text-xs text-muted">{t("budget_left")}</dt>
            <dd>
              <Tokens wei={campaign.budget_wei} places={0} />
            </dd>
          </div>
        </dl>
      </div>
    </article>
  );
}
