import { useMutation } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Vote = Schemas["JudgementInputRequest"];
export type Cast = Schemas["ReviewOutput"];

export function useCastVote(id: string) {
  return useMutation({
    mutationFn: (vote: Vote) =>
      body(api.POST("/api/v1/reviews/{review_id}/vote", { params: { path: { review_id: id } }, body: vote })),
  });
}
