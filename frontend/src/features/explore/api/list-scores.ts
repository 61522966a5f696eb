import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Score = Schemas["ScoreOutput"];

/** Every raw measurement of an accepted sample, by metric. */
export function useScores(id: string) {
  return useInfiniteQuery({
    queryKey: ["samples", id, "scores"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { submission_id: id }, query: { cursor: pageParam, page_size: 100 } };
      return body(api.GET("/api/v1/submissions/{submission_id}/scores", { params, signal }));
    },
    getNextPageParam: nextCursor,
    staleTime: Infinity,
  });
}
