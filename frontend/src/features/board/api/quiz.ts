import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Quiz = Schemas["QuizOutput"];
export type Answered = Schemas["AnsweredOutput"];

const at = (campaignId: string) => ({ params: { path: { campaign_id: campaignId } } });

export function useQuiz(campaignId: string) {
  return useQuery({
    queryKey: ["campaign", campaignId, "quiz"],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/campaigns/{campaign_id}/quiz", { ...at(campaignId), signal })),
  });
}

/** Each answer is told right or wrong and why; once all are right, work may be submitted. */
export function useAnswerQuiz(campaignId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sent: Schemas["AnswersInputRequest"]) =>
      body(api.POST("/api/v1/campaigns/{campaign_id}/quiz", { ...at(campaignId), body: sent })),
    onSuccess: ({ passed }) =>
      passed && client.invalidateQueries({ queryKey: ["campaign", campaignId], exact: true }),
  });
}
