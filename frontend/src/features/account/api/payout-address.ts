import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { addressOf, signTyped, type Wallet } from "@/lib/wallet";

export type AddressChange = Schemas["AddressChangeOutput"];

const KEY = ["payout-address"];

export function usePayoutAddress() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => body(api.GET("/api/v1/payout-address", { signal })),
  });
}

/** Asks to be paid at the wallet's address, which signs that it agrees. In force at once where it is the first. */
export function useBePaidAt() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (wallet: Wallet) => {
      const address = await checksummed(wallet);
      const change = await body(api.POST("/api/v1/payout-address/changes", { body: { address } }));
      const signature = await signTyped(wallet, address, change.typed_data);
      return body(
        api.POST("/api/v1/payout-address/changes/{change_id}/consent", {
          params: { path: { change_id: change.id } },
          body: { signature },
        }),
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** Wallets give addresses in lower case, the platform takes them with their checksum: its own challenge writes it. */
async function checksummed(wallet: Wallet): Promise<string> {
  const address = await addressOf(wallet);
  const { text } = await body(api.POST("/api/v1/wallets/challenge", { body: { address } }));
  return /^0x[0-9a-fA-F]{40}$/m.exec(text)?.[0] ?? address;
}

export function useCancelChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body(
        api.POST("/api/v1/payout-address/changes/{change_id}/cancel", {
          params: { path: { change_id: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
