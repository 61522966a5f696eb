import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type SubmissionEvent = Schemas["EventOutput"];

/** What happened to a submission, newest first. `updatedAt` asks anew when it moved. */
export function useEvents(submissionId: string, updatedAt: string) {
  return useInfiniteQuery({
    queryKey: ["submission", submissionId, "events", updatedAt],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/v1/submissions/{submission_id}/events", {
          params: { path: { submission_id: submissionId }, query: { cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: nextCursor,
    placeholderData: (before) => before,
  });
}
