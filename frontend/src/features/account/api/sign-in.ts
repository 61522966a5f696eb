import { useMutation, useQueryClient } from "@tanstack/react-query";

import { auth, meQuery, pendingFlow } from "@/lib/session";

export type SignIn = { email: string; password: string };

/** Resolves with the step that is still to be done (`verify_email`, `mfa_authenticate`), or undefined when signed in. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (sent: SignIn) => pendingFlow(await auth("POST", "auth/login", sent)),
    onSuccess: (step) => (step ? undefined : client.refetchQueries({ queryKey: meQuery.queryKey })),
  });
}
