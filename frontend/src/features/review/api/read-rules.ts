import { queryOptions, useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

import type { Rule } from "../model/bands";

/** The rules that the gates judged this submission by. */
export function rulesQuery(submission: string) {
  return queryOptions({
    queryKey: ["submissions", submission, "rules"],
    queryFn: async ({ signal }) => {
      const params = { path: { submission_id: submission } };
      const found = await body(api.GET("/api/v1/submissions/{submission_id}/rules", { params, signal }));
      return (found.rules as { rules: Rule[] }).rules;
    },
    staleTime: Infinity,
  });
}

export function useRules(submission: string) {
  return useQuery(rulesQuery(submission));
}
