import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS } from "@/lib/query";

export type Rejudgement = Schemas["RejudgementOutput"];

const REJUDGEMENTS = ["rejudgements"];

/** Judge a campaign's contributions by another version from now on. */
export function useChoosePolicy(campaignId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sent: Schemas["CampaignPolicyInputRequest"]) =>
      body(
        api.POST("/api/v1/campaigns/{campaign_id}/policy", {
          params: { path: { campaign_id: campaignId } },
          body: sent,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["campaigns"] }),
  });
}

export function useRejudgements() {
  return useQuery({
    queryKey: REJUDGEMENTS,
    queryFn: async ({ signal }) =>
      (await body(api.GET("/api/v1/rejudgements", { params: { query: { page_size: 5 } }, signal }))).results,
    refetchInterval: (query) =>
      query.state.data?.some((one) => one.status === "building") ? LIVE_MS : false,
  });
}

/** Stored scores are judged again by the rules that hold; no model runs. */
export function useRejudge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sent: Schemas["RejudgementInputRequest"]) =>
      body(api.POST("/api/v1/rejudgements", { body: sent })),
    onSuccess: () => client.invalidateQueries({ queryKey: REJUDGEMENTS }),
  });
}
