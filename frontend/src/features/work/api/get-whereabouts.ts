import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** Which dataset versions and exports hold it. */
export function useWhereabouts(submissionId: string) {
  return useQuery({
    queryKey: ["submission", submissionId, "whereabouts"],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/submissions/{submission_id}/whereabouts", {
          params: { path: { submission_id: submissionId } },
          signal,
        }),
      ),
  });
}
