import { useTranslation } from "react-i18next";

import { type Gold, useRetireGold } from "../../api/gold";
import { ReasonDialog } from "../ReasonDialog";

export function RetireDialog({ item, onClose }: { item: Gold; onClose: () => void }) {
  const { t } = useTranslation("operator");
  const retire = useRetireGold(item.id);
  return (
    <ReasonDialog
      title={t("gold.retire_title")}
      description={t("gold.retire_text")}
      action={t("gold.retire")}
      danger
      maxLength={200}
      asked={retire}
      onReason={(why) => retire.mutate(why, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
