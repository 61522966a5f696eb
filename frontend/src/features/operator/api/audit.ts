import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type AuditLine = Schemas["AuditOutput"];

export function useAudit() {
  return useInfiniteQuery({
    queryKey: ["audit"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/audit", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
  });
}
