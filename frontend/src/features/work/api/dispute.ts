import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Dispute = Schemas["DisputeOutput"];

const at = (submissionId: string) => ({ params: { path: { submission_id: submissionId } } });

/** Null where its decision was not disputed. */
export function useDispute(submissionId: string, enabled: boolean) {
  return useQuery({
    queryKey: ["submission", submissionId, "dispute"],
    enabled,
    queryFn: async ({ signal }): Promise<Dispute | null> => {
      const request = { ...at(submissionId), signal };
      const found = await body(api.GET("/api/v1/submissions/{submission_id}/dispute", request));
      return found ?? null;
    },
  });
}

export function useOpenDispute(submissionId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) =>
      body(api.POST("/api/v1/submissions/{submission_id}/dispute", { ...at(submissionId), body: { text } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["submission", submissionId] }),
  });
}
