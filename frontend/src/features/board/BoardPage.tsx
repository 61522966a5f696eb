import { useInfiniteQuery } from "@tanstack/react-query";
import { Clapperboard } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type LoaderFunctionArgs, useSearchParams } from "react-router";

import { LoadMore } from "@/components/ui/LoadMore";
import { Page } from "@/components/ui/Page";
import { Segmented } from "@/components/ui/Segmented";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten, queryClient } from "@/lib/query";

import { type CampaignStatus, campaignsQuery } from "./api/list-campaigns";
import { CampaignCard } from "./components/CampaignCard";

const SHOWN = ["open", "paused", "closed"] as const satisfies CampaignStatus[];
type Filter = (typeof SHOWN)[number] | "all";

/** Asks for the campaigns while their page is drawn. */
export function loader({ request }: LoaderFunctionArgs): null {
  void queryClient.prefetchInfiniteQuery(queryOf(new URL(request.url).searchParams));
  return null;
}

function filterIn(query: URLSearchParams): Filter {
  return SHOWN.find((status) => status === query.get("status")) ?? "all";
}

function queryOf(query: URLSearchParams) {
  const filter = filterIn(query);
  return campaignsQuery(filter === "all" ? undefined : filter);
}

export function Component() {
  const { t } = useTranslation("board");
  const [query, setQuery] = useSearchParams();
  const filter = filterIn(query);
  const campaigns = useInfiniteQuery(queryOf(query));
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
