import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { flatten, LIVE_MS, nextCursor } from "@/lib/query";

import { isLive } from "../model/run";

export type Run = Schemas["RunOutput"];

/** All runs, newest first; asks again while one is going on. */
export function useRuns() {
  return useInfiniteQuery({
    queryKey: ["runs"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/runs", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
    refetchInterval: ({ state }) => (flatten(state.data).some(isLive) ? LIVE_MS : false),
  });
}
