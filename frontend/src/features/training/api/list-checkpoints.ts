import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Checkpoint = Schemas["CheckpointOutput"];

const LOOK_AGAIN_MS = 10_000;

export function useCheckpoints(run: string, live: boolean) {
  return useInfiniteQuery({
    queryKey: ["runs", run, "checkpoints"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/checkpoints", { params: { query: { run, cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
    refetchInterval: live ? LOOK_AGAIN_MS : false,
  });
}
