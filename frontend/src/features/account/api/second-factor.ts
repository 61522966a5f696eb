import { useMutation, useQueryClient } from "@tanstack/react-query";

import { auth, meQuery } from "@/lib/session";

/** A one-time or a recovery code ends a sign-in that waits for its second step. */
export function useSecondFactor() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => auth("POST", "auth/2fa/authenticate", { code }),
    onSuccess: () => client.refetchQueries({ queryKey: meQuery.queryKey }),
  });
}
