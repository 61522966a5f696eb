import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Spread = Schemas["SpreadOutput"];
export type Bins = Schemas["HistogramOutput"];

/** How the stored scores of a metric lie, measured by models whose id begins with `model`. */
export function useScoreSpread(metric: string, model: string) {
  return useQuery({
    queryKey: ["score-spread", metric, model],
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/policies/scores", {
          params: { query: { metric, model: model || undefined } },
          signal,
        }),
      ),
  });
}
