import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS } from "@/lib/query";

export type Payouts = Schemas["PayoutsOutput"];

const KEY = ["payouts"];

export function usePayouts() {
  return useQuery({
    queryKey: KEY,
    refetchInterval: 2 * LIVE_MS,
    queryFn: ({ signal }) => body(api.GET("/api/v1/payouts", { signal })),
  });
}

const STEPS = {
  freeze: () => body(api.POST("/api/v1/payouts/freeze", {})),
  reconcile: () => body(api.POST("/api/v1/payouts/reconcile", {})),
  resume: () => body(api.POST("/api/v1/payouts/resume", {})),
};

/** Freeze what is owed into the next epoch, compare ledger and chain, or go on after a pause. */
export function usePayoutStep(step: keyof typeof STEPS) {
  const client = useQueryClient();
  return useMutation<unknown>({
    mutationFn: STEPS[step],
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
