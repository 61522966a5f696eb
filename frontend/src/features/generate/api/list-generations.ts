import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { flatten, LIVE_MS, nextCursor } from "@/lib/query";

export type Generation = Schemas["GenerationOutput"];

export function isGoing({ status }: Generation): boolean {
  return status === "queued" || status === "running";
}

/** Newest first; asked again while one is being made. */
export function useGenerations() {
  return useInfiniteQuery({
    queryKey: ["generations"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/generations", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
    refetchInterval: ({ state }) => (flatten(state.data).some(isGoing) ? LIVE_MS : false),
  });
}
