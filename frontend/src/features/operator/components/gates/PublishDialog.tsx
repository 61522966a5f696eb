import { useTranslation } from "react-i18next";

import { toast } from "@/components/ui/Toasts";

import { type Difference, usePublish } from "../../api/policies";
import { ReasonDialog } from "../ReasonDialog";
import { Changes } from "./Changes";

type Props = {
  policyId: string;
  number: number;
  changes: Difference;
  onClose: () => void;
  onPublished: () => void;
};

/** Says what publishing does and what it does not, shows what is new, and asks why. */
export function PublishDialog({ policyId, number, changes, onClose, onPublished }: Props) {
  const { t } = useTranslation("operator");
  const publish = usePublish(policyId);
  const done = () => {
    toast(t("gates.published", { number }));
    onPublished();
  };
  return (
    <ReasonDialog
      title={t("gates.publish_title", { number })}
      description={t("gates.publish_text", { number })}
      action={t("gates.publish")}
      label={t("gates.note")}
      hint={t("gates.note_hint")}
      maxLength={4000}
      asked={publish}
      onReason={(note) => publish.mutate(note, { onSuccess: done })}
      onClose={onClose}
    >
      <Changes found={changes} />
    </ReasonDialog>
  );
}
