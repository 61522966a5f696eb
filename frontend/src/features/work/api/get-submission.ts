import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS } from "@/lib/query";

import { MOVING } from "./list-submissions";

export type SubmissionDetail = Schemas["SubmissionDetailOutput"];
export type Finding = {
  code: string;
  modality: string;
  outcome: "review" | "reject";
  part: string;
  told: string;
  asked: string;
  message: string;
  fix: string;
};

/** Live while the platform works on it. */
export function useSubmission(submissionId: string) {
  return useQuery({
    queryKey: ["submission", submissionId],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/submissions/{submission_id}", {
          params: { path: { submission_id: submissionId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) =>
      state.data && MOVING.includes(state.data.submission.status) ? LIVE_MS : false,
  });
}
