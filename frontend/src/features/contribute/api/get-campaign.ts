import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Campaign = Schemas["CampaignOutput"];

export function useCampaign(campaign_id: string | undefined) {
  return useQuery({
    queryKey: ["campaign", campaign_id],
    enabled: Boolean(campaign_id),
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/campaigns/{campaign_id}", {
          params: { path: { campaign_id: campaign_id ?? "" } },
          signal,
        }),
      ),
  });
}
