import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type CampaignInput = Schemas["CampaignInputRequest"];
export type CampaignChange = Schemas["PatchedCampaignInputRequest"];
export type Campaign = Schemas["CampaignOutput"];

const at = (campaignId: string) => ({ params: { path: { campaign_id: campaignId } } });

/** All of them, drafts too. */
export function useAllCampaigns() {
  return useInfiniteQuery({
    queryKey: ["campaigns", "operator"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/v1/campaigns", { params: { query: { cursor: pageParam, page_size: 100 } }, signal }),
      ),
    getNextPageParam: nextCursor,
  });
}

export function useCampaign(campaignId: string) {
  return useQuery({
    queryKey: ["campaign", campaignId],
    queryFn: ({ signal }) => body(api.GET("/api/v1/campaigns/{campaign_id}", { ...at(campaignId), signal })),
  });
}

/** What a whole record earns and what is left of the budget. */
export function usePayFormula(campaign: string) {
  return useQuery({
    queryKey: ["campaign", campaign, "pay-formula"],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/pay-formula", { params: { query: { campaign } }, signal })),
  });
}

function useChange<Sent>(change: (sent: Sent) => Promise<Campaign>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (campaign) => {
      client.setQueryData(["campaign", campaign.id], campaign);
      void client.invalidateQueries({ queryKey: ["campaign", campaign.id] });
      void client.invalidateQueries({ queryKey: ["campaigns"] });
    },
  });
}

/** A draft: nobody contributes to it before it is funded and opened. */
export function useCreateCampaign() {
  return useChange((sent: CampaignInput) => body(api.POST("/api/v1/campaigns", { body: sent })));
}

export function useEditCampaign(campaignId: string) {
  return useChange((sent: CampaignChange) =>
    body(api.PATCH("/api/v1/campaigns/{campaign_id}", { ...at(campaignId), body: sent })),
  );
}

export function useFundCampaign(campaignId: string) {
  return useChange((amount_wei: string) =>
    body(api.POST("/api/v1/campaigns/{campaign_id}/fund", { ...at(campaignId), body: { amount_wei } })),
  );
}

export function useMoveCampaign(campaignId: string) {
  return useChange((move: "open" | "close") =>
    body(api.POST(`/api/v1/campaigns/{campaign_id}/${move}`, at(campaignId))),
  );
}

/** Takes nothing until it is opened again; whoever has a draft there is told the reason. */
export function usePauseCampaign(campaignId: string) {
  return useChange((reason: string) =>
    body(api.POST("/api/v1/campaigns/{campaign_id}/pause", { ...at(campaignId), body: { reason } })),
  );
}
