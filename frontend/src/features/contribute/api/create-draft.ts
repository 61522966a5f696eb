import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

import type { Draft } from "../draft/record";

export function useCreateDraft(campaign: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (record: Draft) => body(api.POST("/api/v1/submissions", { body: { campaign, record } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["drafts", campaign] }),
  });
}
