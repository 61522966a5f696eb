import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { errorText } from "@/lib/errors";

import type { CampaignEditing } from "../../hooks/use-campaign-form";

/** Says what is not stored yet, at the foot of the window while there is any. */
export function SaveBar({ editing }: { editing: CampaignEditing }) {
  const { t } = useTranslation(["operator", "common"]);
  const { changed, faults, error, saving, save, discard } = editing;
  if (!changed) return null;
  return (
    <div className="sticky bottom-4 z-20 mt-6 flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-raised px-5 py-3 shadow-raised">
      <p role="status" className={`text-sm ${error || faults.size ? "text-bad" : "text-muted"}`}>
        {error ? errorText(error) : t(faults.size ? "campaigns.faulty" : "campaigns.unsaved")}
      </p>
      <div className="flex gap-2">
        <Button look="quiet" onClick={discard}>
          {t("campaigns.discard")}
        </Button>
        <Button look="primary" busy={saving} onClick={save}>
          {t("common:save")}
        </Button>
      </div>
    </div>
  );
}
