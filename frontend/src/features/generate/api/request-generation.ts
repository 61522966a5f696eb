import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Asked = Schemas["GenerationInputRequest"];

export function useRequestGeneration() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: Asked) => body(api.POST("/api/v1/generations", { body: asked })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["generations"] }),
  });
}

/** What it would take and cost, of clips like it that were made before; only its size and model count. */
export function useEstimate({ model, adapter, size, steps }: Asked) {
  const asked = { prompt: "estimate", model, adapter, size, steps };
  return useQuery({
    queryKey: ["generation-estimate", asked],
    queryFn: ({ signal }) => body(api.POST("/api/v1/generations/estimate", { body: asked, signal })),
  });
}
