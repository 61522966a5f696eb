import { useMutation, useQueryClient } from "@tanstack/react-query";

import { auth, meQuery, pendingFlow } from "@/lib/session";

/** The code that was mailed makes the address known and signs the person in, or leads to the step that is still due. */
export function useVerifyEmail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (key: string) => pendingFlow(await auth("POST", "auth/email/verify", { key })),
    onSuccess: () => client.refetchQueries({ queryKey: meQuery.queryKey }),
  });
}

export function useResendCode() {
  return useMutation({ mutationFn: () => auth("POST", "auth/email/verify/resend") });
}
