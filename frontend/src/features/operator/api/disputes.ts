import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Dispute = Schemas["DisputeOutput"];

/** Those that one may answer; of open ones, or of all. */
export function useDisputes(open: boolean) {
  return useInfiniteQuery({
    queryKey: ["disputes", open],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/v1/disputes", {
          params: { query: { cursor: pageParam, status: open ? "open" : undefined } },
          signal,
        }),
      ),
    getNextPageParam: nextCursor,
  });
}
