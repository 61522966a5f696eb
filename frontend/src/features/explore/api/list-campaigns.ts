import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Campaign = Schemas["CampaignOutput"];

/** The campaigns to choose from; the newest hundred. */
export function useCampaignChoices(enabled = true) {
  return useQuery({
    queryKey: ["campaigns", "choices"],
    enabled,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const page = await body(
        api.GET("/api/v1/campaigns", { params: { query: { page_size: 100 } }, signal }),
      );
      return page.results;
    },
  });
}
