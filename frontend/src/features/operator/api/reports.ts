import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Report = Schemas["ReportOutput"];

export function useReports() {
  return useInfiniteQuery({
    queryKey: ["reports"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/reports", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
  });
}

/** The reporter is told the answer. */
export function useAnswerReport(reportId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sent: Schemas["ReportAnswerInputRequest"]) =>
      body(
        api.POST("/api/v1/reports/{report_id}/answer", {
          params: { path: { report_id: reportId } },
          body: sent,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["reports"] }),
  });
}
