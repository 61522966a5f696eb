import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type AuditLine = Schemas["AuditOutput"];
export type AuditFilter = Partial<Record<"person" | "kind" | "object" | "since" | "until", string>>;

/** All of it, or what was done by somebody, to one thing or person, of a kind, in a time. */
export function useAudit(filter: AuditFilter = {}) {
  return useInfiniteQuery({
    queryKey: ["audit", filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/audit", { params: { query: { cursor: pageParam, ...filter } }, signal })),
    getNextPageParam: nextCursor,
  });
}

/** The address of the same entries as a file. */
export function auditFile(filter: AuditFilter): string {
  const query = new URLSearchParams(filter).toString();
  return `/api/v1/audit.csv${query && `?${query}`}`;
}
