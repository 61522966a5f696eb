import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS } from "@/lib/query";

/** One part of an export; the schema of `shards` says no more than that they are objects. */
export type Shard = {
  index: number;
  split: string;
  status: Schemas["BuildStatus"];
  samples: number;
  size: number;
};

export function useExport(id: string) {
  return useQuery({
    queryKey: ["exports", id],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/exports/{export_id}", { params: { path: { export_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === "building" ? LIVE_MS : false),
  });
}

/** Go on with an export that failed; shards that are written stay. */
export function useRetryExport(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      body(api.POST("/api/v1/exports/{export_id}/retry", { params: { path: { export_id: id } } })),
    onSuccess: (found) => client.setQueryData(["exports", id], found),
  });
}
