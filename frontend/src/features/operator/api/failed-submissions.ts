import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Submission = Schemas["SubmissionOutput"];

const KEY = ["submissions", "failed"];

/** What scoring gave up on. */
export function useFailedSubmissions() {
  return useInfiniteQuery({
    queryKey: KEY,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/v1/submissions", {
          params: { query: { status: "failed", cursor: pageParam, page_size: 20 } },
          signal,
        }),
      ),
    getNextPageParam: nextCursor,
  });
}

/** The same revision is scored again. */
export function useScoreAgain(submissionId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/v1/submissions/{submission_id}/retry", {
          params: { path: { submission_id: submissionId } },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: KEY });
      void client.invalidateQueries({ queryKey: ["operations"] });
    },
  });
}
