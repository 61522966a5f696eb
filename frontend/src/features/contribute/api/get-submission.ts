import { queryOptions } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

import type { Draft } from "../draft/record";

export type Submission = Omit<Schemas["SubmissionDetailOutput"], "draft"> & { draft: Draft | null };

export function fetchSubmission(submission_id: string, signal?: AbortSignal): Promise<Submission> {
  const asked = api.GET("/api/v1/submissions/{submission_id}", {
    params: { path: { submission_id } },
    signal,
  });
  return body(asked) as Promise<Submission>;
}

export const submissionQuery = (id: string) =>
  queryOptions({
    queryKey: ["submission", id],
    queryFn: ({ signal }) => fetchSubmission(id, signal),
  });
