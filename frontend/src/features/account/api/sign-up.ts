import { useMutation } from "@tanstack/react-query";

import { auth, pendingFlow } from "@/lib/session";

import type { SignIn } from "./sign-in";

export function useSignUp() {
  return useMutation({
    mutationFn: async (sent: SignIn) => pendingFlow(await auth("POST", "auth/signup", sent)),
  });
}
