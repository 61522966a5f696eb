import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** Contributions that an example may show: accepted ones for a good, rejected ones for a bad one. */
export function useExampleWork(good: boolean) {
  const status = good ? "accepted" : "rejected";
  return useQuery({
    queryKey: ["submissions", "examples", status],
    queryFn: async ({ signal }) =>
      (await body(api.GET("/api/v1/submissions", { params: { query: { status, page_size: 50 } }, signal })))
        .results,
  });
}
