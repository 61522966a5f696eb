import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type RunSample = Schemas["RunSampleOutput"];

const LOOK_AGAIN_MS = 10_000;
/** Links are good for five minutes. */
const LINKS_LAST_MS = 240_000;

/** What the run made on its way, newest first. */
export function useRunSamples(run: string, live: boolean) {
  return useInfiniteQuery({
    queryKey: ["runs", run, "samples"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { run_id: run }, query: { cursor: pageParam, page_size: 100 } };
      return body(api.GET("/api/v1/runs/{run_id}/samples", { params, signal }));
    },
    getNextPageParam: nextCursor,
    refetchInterval: live ? LOOK_AGAIN_MS : LINKS_LAST_MS,
  });
}
