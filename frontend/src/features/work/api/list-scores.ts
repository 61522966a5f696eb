import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Score = Schemas["ScoreOutput"];

/** Every raw score of the current revision, by metric. */
export function useScores(submissionId: string, revision: string) {
  return useInfiniteQuery({
    queryKey: ["submission", submissionId, "scores", revision],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/v1/submissions/{submission_id}/scores", {
          params: { path: { submission_id: submissionId }, query: { cursor: pageParam, page_size: 100 } },
          signal,
        }),
      ),
    getNextPageParam: nextCursor,
  });
}
