import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Epoch = Schemas["EpochOutput"];

export function useEpochs() {
  return useInfiniteQuery({
    queryKey: ["epochs"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/epochs", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
  });
}
