import { useMutation } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** Give a review back unjudged; sent even while the page is being left. */
export function release(id: string) {
  const asked = { params: { path: { review_id: id } }, keepalive: true };
  return body(api.POST("/api/v1/reviews/{review_id}/release", asked));
}

export function useRelease(id: string) {
  return useMutation({ mutationFn: () => release(id) });
}
