import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** Takes a draft back for good; its files stay the person's own. */
export function useDiscard(submission_id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      body(api.POST("/api/v1/submissions/{submission_id}/withdraw", { params: { path: { submission_id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["drafts"] }),
  });
}
