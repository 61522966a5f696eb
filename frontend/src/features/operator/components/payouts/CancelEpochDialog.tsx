import { useTranslation } from "react-i18next";

import { toast } from "@/components/ui/Toasts";

import { type Epoch, useCancelEpoch } from "../../api/payouts";
import { ReasonDialog } from "../ReasonDialog";

export function CancelEpochDialog({ epoch, onClose }: { epoch: Epoch; onClose: () => void }) {
  const { t } = useTranslation("operator");
  const cancel = useCancelEpoch(epoch.id);
  const done = () => {
    toast(t("payouts.cancelled"));
    onClose();
  };
  return (
    <ReasonDialog
      title={t("payouts.cancel_title", { number: epoch.number })}
      description={t("payouts.cancel_text")}
      action={t("payouts.cancel")}
      danger
      hint={t("people.reason_hint")}
      asked={cancel}
      onReason={(reason) => cancel.mutate(reason, { onSuccess: done })}
      onClose={onClose}
    />
  );
}
