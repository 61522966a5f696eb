import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { meQuery } from "@/lib/session";

export function useChangeMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: Schemas["PatchedMeInputRequest"]) =>
      body(api.PATCH("/api/v1/me", { body: changes })),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
}
