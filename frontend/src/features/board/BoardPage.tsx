import { Clapperboard } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { LoadMore } from "@/components/ui/LoadMore";
import { Page } from "@/components/ui/Page";
import { Segmented } from "@/components/ui/Segmented";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { type CampaignStatus, useCampaigns } from "./api/list-campaigns";
import { CampaignCard } from "./components/CampaignCard";

const SHOWN = ["open", "paused", "closed"] as const satisfies CampaignStatus[];
type Filter = (typeof SHOWN)[number] | "all";

export function Component() {
  const { t } = useTranslation("board");
  const [query, setQuery] = useSearchParams();
  const filter: Filter = SHOWN.find((status) => status === query.get("status")) ?? "all";
  const campaigns = useCampaigns(filter === "all" ? undefined : filter);
  const shown = flatten(campaigns.data);
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Segmented<Filter>
          label={t("filter.label")}
          value={filter}
          options={[
            { value: "all", label: t("filter.all") },
            ...SHOWN.map((value) => ({ value, label: t(`status.${value}`) })),
          ]}
          onChange={(status) => setQuery(status === "all" ? {} : { status }, { replace: true })}
        />
      }
    >
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
