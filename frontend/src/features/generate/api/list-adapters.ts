import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** Saved adapters, newest first. */
export function useAdapters() {
  return useQuery({
    queryKey: ["adapters"],
    queryFn: async ({ signal }) => (await body(api.GET("/api/v1/checkpoints", { signal }))).results,
  });
}
