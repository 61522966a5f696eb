import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** `withdraw` takes it back for good; `retry` has it scored again after scoring gave up. */
export function useMove(submissionId: string, move: "withdraw" | "retry") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      body(
        api.POST(`/api/v1/submissions/{submission_id}/${move}`, {
          params: { path: { submission_id: submissionId } },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["submission", submissionId] });
      await client.invalidateQueries({ queryKey: ["submissions"] });
    },
  });
}
