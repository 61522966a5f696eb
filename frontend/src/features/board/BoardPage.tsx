import { Clapperboard } from "lucide-react";
import { useTranslation } from "react-i18next";

import { LoadMore } from "@/components/ui/LoadMore";
import { Page } from "@/components/ui/Page";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { useCampaigns } from "./api/list-campaigns";
import { CampaignCard } from "./components/CampaignCard";

export function Component() {
  const { t } = useTranslation("board");
  const campaigns = useCampaigns();
  const shown = flatten(campaigns.data);
  return (
    <Page title={t("title")} lead={t("lead")}>
      {campaigns.isPending && <LoadingRows />}
      {campaigns.isError && <Failed error={campaigns.error} onRetry={() => void campaigns.refetch()} />}
      {campaigns.isSuccess && shown.length === 0 && (
        <Empty icon={<Clapperboard />} title={t("empty.title")}>
          {t("empty.text")}
        </Empty>
      )}
      <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {shown.map((campaign) => (
          <li key={campaign.id}>
            <CampaignCard campaign={campaign} />
          </li>
        ))}
      </ul>
      <LoadMore pages={campaigns} />
    </Page>
  );
}
