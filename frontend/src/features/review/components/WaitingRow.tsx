import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";

import type { WaitingCampaign } from "../api/read-waiting";

/** A campaign with work for this reviewer: all of it, or one contributor's in a row. */
export function WaitingRow({ campaign }: { campaign: WaitingCampaign }) {
  const { t } = useTranslation("review");
  const desk = (batch?: string) =>
    `/review/desk?${new URLSearchParams({ campaign: campaign.campaign, ...(batch && { batch }) })}`;
  return (
    <li className="grid gap-3 border-b border-line px-5 py-4 last:border-0">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="grid min-w-0 gap-0.5">
          <h3 className="font-medium" dir="auto">
            {campaign.title}
          </h3>
          <p className="text-sm text-muted">
            {t("queue.count", { count: campaign.waiting })} · {t("queue.begun", { count: campaign.begun })}
          </p>
        </div>
        <Button asChild>
          <Link to={desk()} aria-label={t("queue.review_campaign", { title: campaign.title })}>
            {t("queue.review")}
          </Link>
        </Button>
      </div>
      {campaign.batches.length > 0 && (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span className="text-xs text-muted">{t("queue.batches")}</span>
          {campaign.batches.map((batch, index) => (
            <Link
              key={batch.key}
              to={desk(batch.key)}
              className="rounded-full border border-line px-3 py-0.5 text-xs hover:border-ink"
            >
              {t("queue.batch", { number: index + 1, count: batch.waiting })}
            </Link>
          ))}
        </div>
      )}
    </li>
  );
}
