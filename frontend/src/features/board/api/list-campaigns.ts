import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Campaign = Schemas["CampaignOutput"];

export function useCampaigns() {
  return useInfiniteQuery({
    queryKey: ["campaigns"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/campaigns", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
  });
}
