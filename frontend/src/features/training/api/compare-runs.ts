import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";
import { LIVE_MS } from "@/lib/query";

import { isLive } from "../model/run";

/** Several runs with evenly taken steps of each; asks again while one of them is going on. */
export function useComparison(ids: string[]) {
  return useQuery({
    queryKey: ["runs", "compare", ids],
    enabled: ids.length > 0,
    queryFn: ({ signal }) => body(api.GET("/api/v1/runs/compare", { params: { query: { ids } }, signal })),
    refetchInterval: ({ state }) => (state.data?.some(({ run }) => isLive(run)) ? LIVE_MS : false),
  });
}
