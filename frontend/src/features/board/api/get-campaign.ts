import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

export function useCampaign(campaignId: string) {
  return useQuery({
    queryKey: ["campaign", campaignId],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/campaigns/{campaign_id}", {
          params: { path: { campaign_id: campaignId } },
          signal,
        }),
      ),
  });
}
