import { api, ApiError, body } from "@/lib/api";

import { passedOver, type ToJudge, type Wanted } from "./take-review";

/** What comes after the review on the screen, held already; null where nothing does. */
export async function takeAhead(wanted: Wanted): Promise<ToJudge | null> {
  try {
    return await body(api.POST("/api/v1/reviews/ahead", { body: { ...wanted, passed_over: passedOver() } }));
  } catch (error) {
    if (error instanceof ApiError) return null; // it is a convenience: the desk asks again when the time comes
    throw error;
  }
}
