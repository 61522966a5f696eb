import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";
import { nextCursor } from "@/lib/query";

/** One's own reviews, newest first. */
export function useJudged() {
  return useInfiniteQuery({
    queryKey: ["reviews", "judged"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/reviews", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
  });
}
