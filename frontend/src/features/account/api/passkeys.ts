import { useMutation, useQueryClient } from "@tanstack/react-query";

import { makePasskey, signWithPasskey } from "@/lib/passkeys";
import { auth, meQuery, pendingFlow } from "@/lib/session";

type Asked = { request_options?: unknown; creation_options?: unknown };

async function sign(path: string): Promise<string | undefined> {
  const { data } = await auth("GET", path);
  const credential = await signWithPasskey((data as Asked).request_options);
  return pendingFlow(await auth("POST", path, { credential }));
}

/** Signs in by a passkey alone, or (`webauthn/authenticate`) as the second step. */
export function usePasskey(path: "auth/webauthn/login" | "auth/webauthn/authenticate") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => sign(path),
    onSuccess: (step) => (step ? undefined : client.refetchQueries({ queryKey: meQuery.queryKey })),
  });
}

/** Begins a sign-up without a password; the address is confirmed first, then the passkey is made. */
export function usePasskeySignUp() {
  return useMutation({
    mutationFn: async (email: string) => pendingFlow(await auth("POST", "auth/webauthn/signup", { email })),
  });
}

/** Ends it: makes the passkey that signs in from now on. */
export function useFirstPasskey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const { data } = await auth("GET", "auth/webauthn/signup");
      const credential = await makePasskey((data as Asked).creation_options);
      return auth("PUT", "auth/webauthn/signup", { credential });
    },
    onSuccess: () => client.refetchQueries({ queryKey: meQuery.queryKey }),
  });
}
