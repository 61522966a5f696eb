import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

export function useSubmit(submission_id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      body(api.POST("/api/v1/submissions/{submission_id}/submit", { params: { path: { submission_id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["submission", submission_id] }),
  });
}
