import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { flatten, LIVE_MS, nextCursor } from "@/lib/query";

export type Export = Schemas["ExportOutput"];

export function useExports(version: string) {
  return useInfiniteQuery({
    queryKey: ["versions", version, "exports"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { version_id: version }, query: { cursor: pageParam } };
      return body(api.GET("/api/v1/versions/{version_id}/exports", { params, signal }));
    },
    getNextPageParam: nextCursor,
    refetchInterval: ({ state }) =>
      flatten(state.data).some(({ status }) => status === "building") ? LIVE_MS : false,
  });
}
