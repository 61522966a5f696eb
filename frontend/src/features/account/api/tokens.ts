import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Token = Schemas["TokenOutput"];
export type TokenInput = Schemas["TokenInputRequest"];

const KEY = ["tokens"];

export function useTokens() {
  return useInfiniteQuery({
    queryKey: KEY,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/tokens", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
  });
}

/** The token itself is in this answer and nowhere else. */
export function useMakeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sent: TokenInput) => body(api.POST("/api/v1/tokens", { body: sent })),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      api.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id: id } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
