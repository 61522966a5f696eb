import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, ApiError, body, type Schemas } from "@/lib/api";
import { addressOf, receiptOf, sendCall, type Wallet } from "@/lib/wallet";

export type Claim = Schemas["ClaimOutput"];

const POLL_MS = 1500;
const LONGEST_MS = 300_000;

/** Null while nothing of this person is in a published epoch. */
export function useClaim() {
  return useQuery({
    queryKey: ["claim"],
    queryFn: async ({ signal }): Promise<Claim | null> => {
      try {
        return await body(api.GET("/api/v1/claim", { signal }));
      } catch (error) {
        if (error instanceof ApiError && error.code === "no_leaf") return null;
        throw error;
      }
    },
  });
}

export class ClaimReverted extends Error {}

/** Sends the claim from the wallet, which pays the chain's fee, and waits until it is in a block: its hash. */
export function useClaimByWallet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ claim, wallet }: { claim: Claim; wallet: Wallet }) => {
      const from = await addressOf(wallet);
      const call = { from, to: claim.distributor, data: claim.calldata };
      const hash = await sendCall(wallet, call, claim.chain_id);
      for (let waited = 0; waited < LONGEST_MS; waited += POLL_MS) {
        const receipt = await receiptOf(wallet, hash);
        if (receipt && Number(receipt.status) === 0) throw new ClaimReverted("The chain refused the claim.");
        if (receipt) break;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      return hash;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["claim"] }),
  });
}

/** The platform sends it together with those of others, and pays the chain's fee. */
export function useSponsoredClaim() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => body(api.POST("/api/v1/claim/sponsor", {})),
    onSuccess: () => client.invalidateQueries({ queryKey: ["claim"] }),
  });
}
