import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS } from "@/lib/query";

export type Problem = Schemas["ProblemOutput"];
/** One rule of the gates that is not met: `curation/gating/verdict.py::Finding`. */
export type GateFinding = {
  code: string;
  metric: string;
  modality: string;
  outcome: "review" | "reject";
  part: string;
  asked: string;
  told: string;
  message: string;
  fix: string;
  probability: number | null;
  model_id: string;
};
export type Precheck = Omit<Schemas["PrecheckOutput"], "findings"> & { findings: GateFinding[] };

const UNDER_WAY = ["waiting", "running"];

/** Whether it will say more in a moment: a tier is at work, or a file is on its way to be verified. */
export function isUnderWay({ tiers, problems }: Precheck): boolean {
  const measuring = [tiers.model_free, tiers.models].some(({ status }) => UNDER_WAY.includes(status));
  return measuring || problems.some(({ code }) => code === "asset_not_ready");
}

const keyOf = (id: string, savedAt: string) => ["precheck", id, savedAt];

/** What the gates say of the draft as it was stored at `savedAt`; live while something is measured or verified. */
export function usePrecheck(submission_id: string, savedAt: string) {
  return useQuery({
    queryKey: keyOf(submission_id, savedAt),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/submissions/{submission_id}/precheck", {
          params: { path: { submission_id } },
          signal,
        }),
      ) as Promise<Precheck>,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? LIVE_MS : false),
  });
}

/** Has the stored draft measured, by the models too. */
export function useStartPrecheck(submission_id: string, savedAt: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      body(api.POST("/api/v1/submissions/{submission_id}/precheck", { params: { path: { submission_id } } })),
    onSuccess: (found) => client.setQueryData(keyOf(submission_id, savedAt), found),
  });
}
