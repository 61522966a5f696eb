import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS, nextCursor } from "@/lib/query";

export type Submission = Schemas["SubmissionOutput"];
export type SubmissionStatus = Submission["status"];

/** Statuses in which the platform, not the person, acts next. */
export const MOVING: SubmissionStatus[] = ["submitted", "in_review"];

/** One's own, newest first; asks again while something is under way. */
export function useSubmissions(status: SubmissionStatus | undefined) {
  return useInfiniteQuery({
    queryKey: ["submissions", "mine", status ?? "all"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/v1/submissions", {
          params: { query: { cursor: pageParam, status, mine: true } },
          signal,
        }),
      ),
    getNextPageParam: nextCursor,
    refetchInterval: ({ state }) => {
      const shown = state.data?.pages.flatMap((page) => page.results) ?? [];
      return shown.some((one) => one.status === "submitted") ? 2 * LIVE_MS : false;
    },
  });
}
