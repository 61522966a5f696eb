import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS } from "@/lib/query";

export type Operations = Schemas["OperationsOutput"];
export type Hold = Schemas["ScoringHoldOutput"];

/** Queues, workers and services now. Workers have a second to answer, so it is asked less often than other live views. */
export function useOperations() {
  return useQuery({
    queryKey: ["operations"],
    refetchInterval: 3 * LIVE_MS,
    queryFn: ({ signal }) => body(api.GET("/api/v1/operations", { signal })),
  });
}

/** Why scoring stands still, where it does. */
export function useScoringHolds() {
  return useQuery({
    queryKey: ["scoring-holds"],
    refetchInterval: 5 * LIVE_MS,
    queryFn: async ({ signal }) => (await body(api.GET("/api/v1/scoring-holds", { signal }))).results,
  });
}
