import { useTranslation } from "react-i18next";

import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { type Campaign, useAllCampaigns } from "../../api/campaigns";
import { CampaignLine } from "./CampaignLine";

const ORDER: Campaign["status"][] = ["paused", "open", "draft", "closed"];

/** All of them: what paused by itself first, as it needs a look. */
export function Campaigns() {
  const { t } = useTranslation("operator");
  const campaigns = useAllCampaigns();
  const shown = flatten(campaigns.data).toSorted(
    (one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status),
  );
  return (
    <Panel flush>
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
    </Panel>
  );
}
