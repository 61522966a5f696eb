import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { toast, toastError } from "@/components/ui/Toasts";
import { hasRole, useMe } from "@/lib/session";

import { type Campaign, useMoveCampaign } from "../../api/campaigns";
import { FundDialog } from "./FundDialog";
import { PauseDialog } from "./PauseDialog";

type Props = { campaign: Campaign; unsaved: boolean };

/** Funding, opening, pausing and closing: each says first what it does. */
export function CampaignActions({ campaign, unsaved }: Props) {
  const { t } = useTranslation("operator");
  const { data: me } = useMe();
  const [asking, setAsking] = useState<"fund" | "pause" | null>(null);
  const move = useMoveCampaign(campaign.id);
  const { status } = campaign;
  const go = (to: "open" | "close") =>
    move.mutate(to, { onSuccess: () => toast(t(`campaigns.moved.${to}`)), onError: toastError });
  return (
    <>
      {hasRole(me, "operator") && <Button onClick={() => setAsking("fund")}>{t("campaigns.fund")}</Button>}
      {status === "open" && <Button onClick={() => setAsking("pause")}>{t("campaigns.pause")}</Button>}
      {(status === "open" || status === "paused") && (
        <Confirm
          trigger={<Button busy={move.isPending}>{t("campaigns.close")}</Button>}
          title={t("campaigns.close_title")}
          action={t("campaigns.close")}
          onConfirm={() => go("close")}
        >
          {t("campaigns.close_text")}
        </Confirm>
      )}
      {status !== "open" && (
        <Confirm
          danger={false}
          trigger={
            <Button look="primary" busy={move.isPending} disabled={unsaved}>
              {t(status === "draft" ? "campaigns.open" : "campaigns.open_again")}
            </Button>
          }
          title={t("campaigns.open_title")}
          action={t("campaigns.open")}
          onConfirm={() => go("open")}
        >
          <p>{t(status === "draft" ? "campaigns.open_text" : "campaigns.open_again_text")}</p>
          {campaign.budget_wei === "0" && <p className="text-warn">{t("campaigns.unfunded")}</p>}
        </Confirm>
      )}
      {asking === "fund" && <FundDialog campaign={campaign} onClose={() => setAsking(null)} />}
      {asking === "pause" && <PauseDialog campaign={campaign} onClose={() => setAsking(null)} />}
    </>
  );
}
