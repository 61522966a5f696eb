import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Change = Schemas["ChangeOutput"];

/** What came, went and changed from the first version to the second. */
export function useDifference(from: string | undefined, to: string) {
  return useInfiniteQuery({
    queryKey: ["versions", from, "diff", to],
    enabled: from !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { version_id: from ?? "", other_id: to }, query: { after: pageParam } };
      return body(api.GET("/api/v1/versions/{version_id}/diff/{other_id}", { params, signal }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: Infinity,
  });
}
