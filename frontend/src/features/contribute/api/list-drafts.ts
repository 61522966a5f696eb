import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";
import { nextCursor } from "@/lib/query";

/** One's own unsubmitted drafts for a campaign, newest first. */
export function useDrafts(campaign: string) {
  return useInfiniteQuery({
    queryKey: ["drafts", campaign],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      body(
        api.GET("/api/v1/submissions", {
          params: { query: { campaign, cursor, mine: true, status: "draft" } },
          signal,
        }),
      ),
    getNextPageParam: nextCursor,
  });
}
