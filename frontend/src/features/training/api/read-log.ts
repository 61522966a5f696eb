import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS, queryClient } from "@/lib/query";

export type LogLine = Schemas["LogLineOutput"];

const PAGE = 500;

async function after(run: string, line: number, signal: AbortSignal): Promise<LogLine[]> {
  const params = { path: { run_id: run }, query: { after: line } };
  const found = await body(api.GET("/api/v1/runs/{run_id}/log", { params, signal }));
  const last = found.at(-1)?.id;
  if (found.length < PAGE || last === undefined) return found;
  return [...found, ...(await after(run, last, signal))];
}

/** What the run said beside its metrics; asked again, only what came since is read. */
export function useRunLog(run: string, live: boolean) {
  const queryKey = ["runs", run, "log"];
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = queryClient.getQueryData<LogLine[]>(queryKey) ?? [];
      const fresh = await after(run, known.at(-1)?.id ?? 0, signal);
      return fresh.length > 0 ? [...known, ...fresh] : known;
    },
    refetchInterval: live ? LIVE_MS : false,
    structuralSharing: false,
  });
}
