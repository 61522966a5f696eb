import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type CampaignInput = Schemas["CampaignInputRequest"];
export type Campaign = Schemas["CampaignOutput"];

/** All of them, drafts too. */
export function useAllCampaigns() {
  return useInfiniteQuery({
    queryKey: ["campaigns", "operator"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/campaigns", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
  });
}

function useChange<Sent>(change: (sent: Sent) => Promise<Campaign>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ["campaigns"] }),
  });
}

/** A draft: nobody contributes to it before it is funded and opened. */
export function useCreateCampaign() {
  return useChange((sent: CampaignInput) => body(api.POST("/api/v1/campaigns", { body: sent })));
}

export function useFundCampaign(campaignId: string) {
  const params = { path: { campaign_id: campaignId } };
  return useChange((amount_wei: string) =>
    body(api.POST("/api/v1/campaigns/{campaign_id}/fund", { params, body: { amount_wei } })),
  );
}

export function useMoveCampaign(campaignId: string) {
  const params = { path: { campaign_id: campaignId } };
  return useChange((move: "open" | "close") =>
    body(api.POST(`/api/v1/campaigns/{campaign_id}/${move}`, { params })),
  );
}
