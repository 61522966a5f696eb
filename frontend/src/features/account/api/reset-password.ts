import { useMutation } from "@tanstack/react-query";

import { auth } from "@/lib/session";

/** Mails a code, if there is such an account; whether there is one is not told. */
export function useRequestReset() {
  return useMutation({ mutationFn: (email: string) => auth("POST", "auth/password/request", { email }) });
}

export function useResetPassword() {
  return useMutation({
    mutationFn: (sent: { key: string; password: string }) => auth("POST", "auth/password/reset", sent),
  });
}
