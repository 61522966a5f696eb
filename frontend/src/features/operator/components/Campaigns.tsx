import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { useAllCampaigns } from "../api/campaigns";
import { CampaignDialog } from "./CampaignDialog";
import { CampaignLine } from "./CampaignLine";

export function Campaigns() {
  const { t } = useTranslation("operator");
  const [writing, setWriting] = useState(false);
  const campaigns = useAllCampaigns();
  const shown = flatten(campaigns.data);
  const write = (
    <Button size="sm" icon={<Plus className="size-4" />} onClick={() => setWriting(true)}>
      {t("campaigns.new")}
    </Button>
  );
  return (
    <Panel title={t("tab.campaigns")} actions={write} flush>
      {campaigns.isPending && <LoadingRows />}
      {campaigns.isError && <Failed error={campaigns.error} onRetry={() => void campaigns.refetch()} />}
      {campaigns.isSuccess && shown.length === 0 && <Empty title={t("campaigns.none")} />}
      <ul className="divide-y divide-line">
        {shown.map((campaign) => (
          <li key={campaign.id}>
            <CampaignLine campaign={campaign} />
          </li>
        ))}
      </ul>
      <LoadMore pages={campaigns} />
      {writing && <CampaignDialog onClose={() => setWriting(false)} />}
    </Panel>
  );
}
