import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { flatten, LIVE_MS, nextCursor } from "@/lib/query";

export type Version = Schemas["VersionOutput"];

/** A dataset's versions, newest first; asks again while one is being built. */
export function useVersions(dataset: string) {
  return useInfiniteQuery({
    queryKey: ["datasets", dataset, "versions"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { dataset_id: dataset }, query: { cursor: pageParam } };
      return body(api.GET("/api/v1/datasets/{dataset_id}/versions", { params, signal }));
    },
    getNextPageParam: nextCursor,
    refetchInterval: ({ state }) =>
      flatten(state.data).some(({ status }) => status === "building") ? LIVE_MS : false,
  });
}
