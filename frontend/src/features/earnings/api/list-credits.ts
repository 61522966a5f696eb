import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Credit = Schemas["CreditOutput"];

export function useCredits() {
  return useInfiniteQuery({
    queryKey: ["credits"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/credits", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
  });
}
