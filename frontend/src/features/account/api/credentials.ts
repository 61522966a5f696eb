import { useMutation, useQueryClient } from "@tanstack/react-query";

import { auth, meQuery } from "@/lib/session";

import type { WithProof } from "../hooks/useProof";
import { manage } from "./manage";

export type PasswordChange = { current_password?: string; new_password: string };

export function useChangePassword(withProof: WithProof) {
  return useMutation({
    mutationFn: (sent: PasswordChange) => withProof(() => manage("POST", "account/password/change", sent)),
  });
}

/** Mails a code to the new address; the old one stays until that is entered. */
export function useChangeEmail(withProof: WithProof) {
  return useMutation({
    mutationFn: (email: string) => withProof(() => manage("POST", "account/email", { email })),
  });
}

export function useConfirmEmail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => auth("POST", "auth/email/verify", { key }),
    onSuccess: () => client.refetchQueries({ queryKey: meQuery.queryKey }),
  });
}
