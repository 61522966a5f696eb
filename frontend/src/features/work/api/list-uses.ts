import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Use = Schemas["UseOutput"];

/** The training runs that read it, newest first. */
export function useUses(submissionId: string) {
  return useInfiniteQuery({
    queryKey: ["submission", submissionId, "runs"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { submission_id: submissionId }, query: { cursor: pageParam } };
      return body(api.GET("/api/v1/submissions/{submission_id}/runs", { params, signal }));
    },
    getNextPageParam: nextCursor,
  });
}
