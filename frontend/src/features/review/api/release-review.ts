import { useMutation } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** Give the review back unjudged. */
export function useRelease(id: string) {
  return useMutation({
    mutationFn: () =>
      body(api.POST("/api/v1/reviews/{review_id}/release", { params: { path: { review_id: id } } })),
  });
}
