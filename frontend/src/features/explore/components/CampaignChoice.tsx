import { useTranslation } from "react-i18next";

import { Checkbox } from "@/components/ui/Choice";
import { Failed, Skeleton } from "@/components/ui/states";

import { useCampaignChoices } from "../api/list-campaigns";

export function CampaignChoice({
  chosen,
  onChange,
}: {
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const { t } = useTranslation("explore");
  const campaigns = useCampaignChoices();
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{t("freeze.campaigns")}</legend>
      {campaigns.isPending && <Skeleton className="h-16 w-full" />}
      {campaigns.isError && <Failed error={campaigns.error} onRetry={() => void campaigns.refetch()} />}
      <div className="grid max-h-48 gap-2 overflow-y-auto">
        {campaigns.data?.map(({ id, title }) => (
          <Checkbox
            key={id}
            label={<span dir="auto">{title}</span>}
            checked={chosen.includes(id)}
            onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        ))}
      </div>
      <p className="text-xs text-muted">{t("freeze.all_when_none")}</p>
    </fieldset>
  );
}
