import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** Saved adapters, newest first; one that was asked for is among them, however old it is. */
export function useAdapters(asked: string) {
  return useQuery({
    queryKey: ["adapters", asked],
    queryFn: async ({ signal }) => {
      const { results } = await body(api.GET("/api/v1/checkpoints", { signal }));
      if (!asked || results.some(({ id }) => id === asked)) return results;
      const params = { path: { checkpoint_id: asked } };
      return [await body(api.GET("/api/v1/checkpoints/{checkpoint_id}", { params, signal })), ...results];
    },
  });
}
