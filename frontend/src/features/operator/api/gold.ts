import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Gold = Schemas["GoldOutput"];
export type Verdict = Schemas["Verdict"];

const KEY = ["gold"];

export function useGold() {
  return useInfiniteQuery({
    queryKey: KEY,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/gold", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
  });
}

/** Decided work whose right verdict is known, hidden among a reviewer's work from now on. */
export function useMarkGold() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sent: Schemas["GoldInputRequest"]) => body(api.POST("/api/v1/gold", { body: sent })),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** Handed out no more; what was judged by it counts no more. */
export function useRetireGold(goldId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (why: string) =>
      body(
        api.POST("/api/v1/gold/{gold_id}/retire", { params: { path: { gold_id: goldId } }, body: { why } }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
