import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body } from "@/lib/api";
import { LIVE_MS } from "@/lib/query";

import { isLive } from "../model/run";
import type { Run } from "./list-runs";

export function runQuery(id: string) {
  return queryOptions({
    queryKey: ["runs", id],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/runs/{run_id}", { params: { path: { run_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isLive(state.data) ? LIVE_MS : false),
  });
}

function useMove(id: string, move: () => Promise<Run>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: move,
    onSuccess: (run) => client.setQueryData(runQuery(id).queryKey, run),
  });
}

/** Stop after the step it is at; what it has learnt is saved. */
export function useCancelRun(id: string) {
  return useMove(id, () =>
    body(api.POST("/api/v1/runs/{run_id}/cancel", { params: { path: { run_id: id } } })),
  );
}

/** Go on from the last checkpoint. */
export function useResumeRun(id: string) {
  return useMove(id, () =>
    body(api.POST("/api/v1/runs/{run_id}/resume", { params: { path: { run_id: id } } })),
  );
}
