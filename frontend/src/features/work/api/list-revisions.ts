import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Revision = Schemas["RevisionOutput"];

/** The newest revisions with their records. */
export function useRevisions(submissionId: string, newest: string) {
  return useQuery({
    queryKey: ["submission", submissionId, "revisions", newest],
    queryFn: async ({ signal }) => {
      const page = await body(
        api.GET("/api/v1/submissions/{submission_id}/revisions", {
          params: { path: { submission_id: submissionId } },
          signal,
        }),
      );
      return page.results;
    },
  });
}
