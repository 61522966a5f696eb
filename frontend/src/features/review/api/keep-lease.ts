import { api, body } from "@/lib/api";

/** Hold the review for another 20 minutes; the new end. */
export async function keepLease(id: string): Promise<string> {
  const review = await body(
    api.POST("/api/v1/reviews/{review_id}/heartbeat", { params: { path: { review_id: id } } }),
  );
  return review.leased_until;
}
