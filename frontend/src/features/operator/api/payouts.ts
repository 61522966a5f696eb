import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS, nextCursor } from "@/lib/query";

export type Payouts = Schemas["PayoutsOutput"];
export type Epoch = Schemas["EpochOutput"];
export type Intent = Schemas["IntentOutput"];
export type Reconciliation = Schemas["ReconciliationOutput"];

const KEY = ["payouts"];

export function usePayouts() {
  return useQuery({
    queryKey: KEY,
    refetchInterval: 2 * LIVE_MS,
    queryFn: ({ signal }) => body(api.GET("/api/v1/payouts", { signal })),
  });
}

export function useEpochs() {
  return useInfiniteQuery({
    queryKey: [...KEY, "epochs"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/epochs", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
    refetchInterval: 5 * LIVE_MS,
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

/** What it allocated is owed again and goes into the next one; only while the chain cannot have seen it. */
export function useCancelEpoch(epochId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      body(
        api.POST("/api/v1/epochs/{epoch_id}/cancel", {
          params: { path: { epoch_id: epochId } },
          body: { reason },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
