import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** The campaigns to choose from; the newest hundred. */
export function useCampaignChoices() {
  return useQuery({
    queryKey: ["campaigns", "choices"],
    queryFn: async ({ signal }) => {
      const page = await body(
        api.GET("/api/v1/campaigns", { params: { query: { page_size: 100 } }, signal }),
      );
      return page.results;
    },
  });
}
