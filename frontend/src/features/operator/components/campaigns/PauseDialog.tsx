import { useTranslation } from "react-i18next";

import { toast } from "@/components/ui/Toasts";

import { type Campaign, usePauseCampaign } from "../../api/campaigns";
import { ReasonDialog } from "../ReasonDialog";

export function PauseDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t } = useTranslation("operator");
  const pause = usePauseCampaign(campaign.id);
  const done = () => {
    toast(t("campaigns.moved.pause"));
    onClose();
  };
  return (
    <ReasonDialog
      title={t("campaigns.pause_title")}
      description={t("campaigns.pause_text")}
      action={t("campaigns.pause")}
      label={t("campaigns.pause_reason")}
      asked={pause}
      onReason={(reason) => pause.mutate(reason, { onSuccess: done })}
      onClose={onClose}
    />
  );
}
