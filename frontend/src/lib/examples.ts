import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "./api";

export type Example = Schemas["ExampleOutput"];

/** A campaign's examples, good and bad ones, with pictures where there are any. */
export function useExamples(campaignId: string) {
  return useQuery({
    queryKey: ["campaign", campaignId, "examples"],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/campaigns/{campaign_id}/examples", {
          params: { path: { campaign_id: campaignId } },
          signal,
        }),
      ),
  });
}
