import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Choice = Schemas["VoteInputRequest"]["choice"];

export function useCastVote() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ comparison, choice }: { comparison: string; choice: Choice }) =>
      body(
        api.POST("/api/v1/comparisons/{comparison_id}/votes", {
          params: { path: { comparison_id: comparison } },
          body: { choice },
        }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["pair"] }),
        client.invalidateQueries({ queryKey: ["leaderboard"] }),
      ]),
  });
}
