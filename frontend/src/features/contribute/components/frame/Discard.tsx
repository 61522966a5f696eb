import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Confirm } from "@/components/ui/Confirm";
import { toastError } from "@/components/ui/Toasts";

import { useDiscard } from "../../api/discard-draft";
import { closeDraft } from "../../draft/open-drafts";
import { useKeeper } from "../../hooks/use-draft";

export function Discard({ trigger, campaignId }: { trigger: ReactNode; campaignId: string }) {
  const { t } = useTranslation("contribute");
  const { submissionId } = useKeeper();
  const discard = useDiscard(submissionId);
  const go = useNavigate();
  const act = () =>
    discard.mutate(undefined, {
      onError: toastError,
      onSuccess: () => {
        closeDraft(submissionId);
        void go(`/campaigns/${campaignId}/contribute`);
      },
    });
  return (
    <Confirm trigger={trigger} title={t("discard.title")} action={t("discard.action")} onConfirm={act}>
      <p>{t("discard.text")}</p>
    </Confirm>
  );
}
