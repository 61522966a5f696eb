import { useMutation } from "@tanstack/react-query";

import { signWithPasskey } from "@/lib/passkeys";
import { auth } from "@/lib/session";

export function useProveByPassword() {
  return useMutation({ mutationFn: (password: string) => auth("POST", "auth/reauthenticate", { password }) });
}

export function useProveByCode() {
  return useMutation({ mutationFn: (code: string) => auth("POST", "auth/2fa/reauthenticate", { code }) });
}

export function useProveByPasskey() {
  return useMutation({
    mutationFn: async () => {
      const { data } = await auth("GET", "auth/webauthn/reauthenticate");
      const credential = await signWithPasskey((data as { request_options: unknown }).request_options);
      return auth("POST", "auth/webauthn/reauthenticate", { credential });
    },
  });
}
