import { useTranslation } from "react-i18next";

import { GateRules } from "@/components/ui/GateRules";
import { Failed, LoadingRows } from "@/components/ui/states";

import { useCampaignRules } from "../api/get-campaign-rules";

export function CampaignGates({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation("board");
  const rules = useCampaignRules(campaignId);
  return (
    <section className="grid gap-3">
      <header className="grid gap-1">
        <h2 className="text-lg">{t("gates.title")}</h2>
        <p className="text-sm text-muted">{t("gates.lead")}</p>
      </header>
      {rules.isPending && <LoadingRows rows={3} />}
      {rules.isError && <Failed error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.isSuccess && <GateRules rules={rules.data} />}
    </section>
  );
}
