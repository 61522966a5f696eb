import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

import { type Schema } from "../model/config-form";

/** What a configuration may say, as a form needs it. */
export function useConfigSchema() {
  return useQuery({
    queryKey: ["runs", "config-schema"],
    queryFn: async ({ signal }) => {
      const found = await body(api.GET("/api/v1/runs/config-schema", { signal }));
      return { ...found, config: found.config as unknown as Schema };
    },
    staleTime: Infinity,
  });
}
