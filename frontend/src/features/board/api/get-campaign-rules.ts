import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";
import type { GateRule } from "@/lib/gates";

/** The gates that judge what is contributed to a campaign, its own changes included. */
export function useCampaignRules(campaignId: string) {
  return useQuery({
    queryKey: ["campaign", campaignId, "policy"],
    queryFn: async ({ signal }) => {
      const { rules } = await body(
        api.GET("/api/v1/campaigns/{campaign_id}/policy", {
          params: { path: { campaign_id: campaignId } },
          signal,
        }),
      );
      return (rules as { rules: GateRule[] }).rules;
    },
  });
}
