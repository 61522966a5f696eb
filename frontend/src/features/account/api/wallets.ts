import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { addressOf, signText, type Wallet } from "@/lib/wallet";

export type LinkedWallet = Schemas["WalletOutput"];

const KEY = ["wallets"];

export function useLinkedWallets() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await body(api.GET("/api/v1/wallets", { signal }))).results,
  });
}

export function useLinkWallet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (wallet: Wallet) => {
      const address = await addressOf(wallet);
      const { nonce, text } = await body(api.POST("/api/v1/wallets/challenge", { body: { address } }));
      const signature = await signText(wallet, address, text);
      return body(api.POST("/api/v1/wallets", { body: { nonce, signature } }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useUnlinkWallet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      api.DELETE("/api/v1/wallets/{wallet_id}", { params: { path: { wallet_id: id } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
