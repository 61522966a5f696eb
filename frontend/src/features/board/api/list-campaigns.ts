import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Campaign = Schemas["CampaignOutput"];
export type CampaignStatus = Campaign["status"];

/** Newest first; of one status, or of all. */
export function campaignsQuery(status: CampaignStatus | undefined) {
  return infiniteQueryOptions({
    queryKey: ["campaigns", status ?? "all"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/campaigns", { params: { query: { cursor: pageParam, status } }, signal })),
    getNextPageParam: nextCursor,
  });
}
