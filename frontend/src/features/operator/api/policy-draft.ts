import { useMutation, useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

import type { Rules } from "../model/rules";

export type DraftReport = Schemas["DraftReportOutput"];

const at = (policyId: string) => ({ params: { path: { policy_id: policyId } } });

export function useStoredDraft(policyId: string) {
  return useQuery({
    queryKey: ["policy-draft", policyId],
    // Read once, when the page opens: from then on what is typed here is newer.
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => body(api.GET("/api/v1/policies/{policy_id}/draft", { ...at(policyId), signal })),
  });
}

/** Stored right or wrong; the answer says what is wrong with it. */
export function useSaveDraft(policyId: string) {
  return useMutation({
    scope: { id: `policy-draft-${policyId}` }, // one after the other
    mutationFn: (rules: Rules) =>
      body(api.PUT("/api/v1/policies/{policy_id}/draft", { ...at(policyId), body: { rules } })),
  });
}
