import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, ApiError, body, type Schemas } from "@/lib/api";

export type Question = Schemas["QuestionInputRequest"];

const at = (campaignId: string) => ({ params: { path: { campaign_id: campaignId } } });

/** The questions with their answers; none where nothing is asked. */
export function useQuestions(campaignId: string) {
  return useQuery({
    queryKey: ["campaign", campaignId, "questions"],
    staleTime: Infinity, // what is typed here is newer
    gcTime: 0,
    queryFn: async ({ signal }): Promise<Question[]> => {
      try {
        const quiz = await body(
          api.GET("/api/v1/campaigns/{campaign_id}/quiz", { ...at(campaignId), signal }),
        );
        return quiz.questions.map((one) => ({
          ...{ question: one.question, choices: one.choices },
          ...{ right: one.right ?? 0, explanation: one.explanation ?? "" },
        }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return [];
        throw error;
      }
    },
  });
}

/** Contributors answer them anew before they submit; none ends the quiz. */
export function useSetQuestions(campaignId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (questions: Question[]) =>
      body(api.PUT("/api/v1/campaigns/{campaign_id}/quiz", { ...at(campaignId), body: { questions } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["campaign", campaignId], exact: true }),
  });
}
