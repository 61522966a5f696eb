import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, ApiError, body } from "@/lib/api";
import { meQuery } from "@/lib/session";
import { addressOf, signText, type Wallet } from "@/lib/wallet";

/** The server writes the text (EIP-4361), the wallet signs it. Resolves with `mfa_authenticate` where that is still due. */
export function useSignInByWallet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (wallet: Wallet) => {
      const address = await addressOf(wallet);
      const { nonce, text } = await body(api.POST("/api/v1/sign-in/wallet/challenge", { body: { address } }));
      const signature = await signText(wallet, address, text);
      try {
        await body(api.POST("/api/v1/sign-in/wallet", { body: { nonce, signature } }));
      } catch (error) {
        if (error instanceof ApiError && error.code === "second_factor_needed") return "mfa_authenticate";
        throw error;
      }
      return undefined;
    },
    onSuccess: (step) => (step ? undefined : client.refetchQueries({ queryKey: meQuery.queryKey })),
  });
}
