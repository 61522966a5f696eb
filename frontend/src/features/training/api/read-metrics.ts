import { queryOptions } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS, queryClient } from "@/lib/query";

export type Metric = Schemas["MetricOutput"];

const PAGE = 2000;

async function after(id: string, step: number, signal: AbortSignal): Promise<Metric[]> {
  const params = { path: { run_id: id }, query: { after: step } };
  const found = await body(api.GET("/api/v1/runs/{run_id}/metrics", { params, signal }));
  const last = found.at(-1)?.step;
  if (found.length < PAGE || last === undefined) return found;
  return [...found, ...(await after(id, last, signal))];
}

/** Every step so far; asked again, only what came since is read. */
export function metricsQuery(id: string, live: boolean) {
  const queryKey = ["runs", id, "metrics"];
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = queryClient.getQueryData<Metric[]>(queryKey) ?? [];
      const fresh = await after(id, known.at(-1)?.step ?? -1, signal);
      return fresh.length > 0 ? [...known, ...fresh] : known;
    },
    refetchInterval: live ? LIVE_MS : false,
    structuralSharing: false,
  });
}
