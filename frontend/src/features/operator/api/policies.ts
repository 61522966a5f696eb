import { useInfiniteQuery, useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Policy = Schemas["PolicyOutput"];
export type VersionLine = Schemas["VersionLineOutput"];
export type Difference = Schemas["PolicyDifferenceOutput"];

export const POLICIES = ["policies"];

export function usePolicies() {
  return useQuery({
    queryKey: POLICIES,
    queryFn: async ({ signal }) =>
      (await body(api.GET("/api/v1/policies", { params: { query: { page_size: 100 } }, signal }))).results,
  });
}

/** A policy of one's own: its draft begins as a copy of a version. */
export function useCreatePolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sent: Schemas["PolicyInputRequest"]) => body(api.POST("/api/v1/policies", { body: sent })),
    onSuccess: () => client.invalidateQueries({ queryKey: POLICIES }),
  });
}

export function useVersions(policyId: string) {
  return useInfiniteQuery({
    queryKey: [...POLICIES, policyId, "versions"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/v1/policies/{policy_id}/versions", {
          params: { path: { policy_id: policyId }, query: { cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: nextCursor,
  });
}

/** One version with its rules; a version never changes. */
export function useVersion(versionId: string | null | undefined) {
  return useQuery({
    queryKey: ["policy-version", versionId],
    enabled: Boolean(versionId),
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/policy-versions/{version_id}", {
          params: { path: { version_id: versionId ?? "" } },
          signal,
        }),
      ),
  });
}

export function useDifference(from: string, to: string) {
  return useQuery({
    queryKey: ["policy-version", from, "diff", to],
    enabled: Boolean(from && to),
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/policy-versions/{version_id}/diff/{other_id}", {
          params: { path: { version_id: from, other_id: to } },
          signal,
        }),
      ),
  });
}

export function usePublish(policyId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (note: string) =>
      body(
        api.POST("/api/v1/policies/{policy_id}/versions", {
          params: { path: { policy_id: policyId } },
          body: { note },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: POLICIES }),
  });
}

/** The versions of all policies, by which a campaign's can be named; of each policy the newest hundred. */
export function useAllVersions(): VersionLine[] {
  const policies = usePolicies();
  return useQueries({
    queries: (policies.data ?? []).map(({ id }) => ({
      queryKey: [...POLICIES, id, "newest-versions"],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (
          await body(
            api.GET("/api/v1/policies/{policy_id}/versions", {
              params: { path: { policy_id: id }, query: { page_size: 100 } },
              signal,
            }),
          )
        ).results,
    })),
    combine: (answers) => answers.flatMap((answer) => answer.data ?? []),
  });
}
