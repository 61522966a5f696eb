import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type ReviewerStatistics = Schemas["ReviewerStatisticsOutput"];

/** One's own figures as a reviewer. */
export function useStatistics() {
  return useQuery({
    queryKey: ["me", "statistics"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/me/statistics", { signal })),
    select: ({ reviewer }) => reviewer,
  });
}
