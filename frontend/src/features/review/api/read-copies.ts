import { queryOptions, useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Member = Schemas["MemberOutput"];

/** The contributions that share material with the held one, itself among them. */
export function copiesQuery(review: string) {
  return queryOptions({
    queryKey: ["reviews", review, "copies"],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/reviews/{review_id}/copies", { params: { path: { review_id: review } }, signal }),
      ),
    staleTime: Infinity,
  });
}

export function useCopies(review: string) {
  return useQuery(copiesQuery(review));
}
