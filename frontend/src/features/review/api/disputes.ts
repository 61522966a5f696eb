import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Dispute = Schemas["DisputeOutput"];
export type DisputeDetail = Schemas["DisputeDetailOutput"];
type Answer = Schemas["DisputeAnswerInputRequest"];

/** Open ones that one may answer. */
export function useDisputes() {
  return useInfiniteQuery({
    queryKey: ["disputes", "open"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = { cursor: pageParam, status: "open" } as const;
      return body(api.GET("/api/v1/disputes", { params: { query }, signal }));
    },
    getNextPageParam: nextCursor,
  });
}

/** One with all that was judged. */
export function useDispute(id: string) {
  return useQuery({
    queryKey: ["disputes", id],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/disputes/{dispute_id}", { params: { path: { dispute_id: id } }, signal })),
    staleTime: Infinity,
  });
}

export function useAnswerDispute(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (answer: Answer) =>
      body(
        api.POST("/api/v1/disputes/{dispute_id}/answer", {
          params: { path: { dispute_id: id } },
          body: answer,
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["disputes"] }),
  });
}
