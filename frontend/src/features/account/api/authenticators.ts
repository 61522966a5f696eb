import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { makePasskey } from "@/lib/passkeys";
import { auth } from "@/lib/session";

import type { WithProof } from "../hooks/useProof";
import { manage } from "./manage";

export type Authenticator = {
  type: "totp" | "recovery_codes" | "webauthn";
  id?: number;
  name?: string;
  created_at: number;
  last_used_at: number | null;
  unused_code_count?: number;
  total_code_count?: number;
};

const KEY = ["account", "authenticators"];

export function useAuthenticators() {
  return useQuery({
    queryKey: KEY,
    queryFn: async () => (await manage("GET", "account/authenticators")).data as Authenticator[],
  });
}

function useChange<Result, Sent = undefined>(change: (sent: Sent) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** Made discoverable (`passwordless`), so that it can sign in before the person is known. */
export function useAddPasskey(withProof: WithProof) {
  return useChange((name: string) =>
    withProof(async () => {
      const { data } = await manage("GET", "account/authenticators/webauthn?passwordless");
      const credential = await makePasskey((data as { creation_options: unknown }).creation_options);
      return manage("POST", "account/authenticators/webauthn", { name, credential });
    }),
  );
}

export function useRemovePasskey(withProof: WithProof) {
  return useChange((id: number) =>
    withProof(() => manage("DELETE", "account/authenticators/webauthn", { authenticators: [id] })),
  );
}

export type NewTotp = { secret: string; totp_url: string };

/** The secret to put into an authenticator app; it counts once a code of it was entered. */
export function useBeginTotp(withProof: WithProof) {
  return useMutation({
    mutationFn: () =>
      withProof(async () => {
        await manage("GET", "account/authenticators");
        const { meta } = await auth("GET", "account/authenticators/totp", undefined, [404]);
        return meta as unknown as NewTotp;
      }),
  });
}

export function useActivateTotp(withProof: WithProof) {
  return useChange((code: string) =>
    withProof(() => manage("POST", "account/authenticators/totp", { code })),
  );
}

export function useRemoveTotp(withProof: WithProof) {
  return useChange(() => withProof(() => manage("DELETE", "account/authenticators/totp")));
}

/** New recovery codes; the old ones are void, and these are shown this once. */
export function useNewRecoveryCodes(withProof: WithProof) {
  return useChange(() =>
    withProof(async () => {
      const { data } = await manage("POST", "account/authenticators/recovery-codes", {});
      return (data as { unused_codes?: string[] }).unused_codes ?? [];
    }),
  );
}
