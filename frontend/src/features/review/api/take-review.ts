import { queryOptions } from "@tanstack/react-query";

import { api, ApiError, body, type Schemas } from "@/lib/api";

export type ToJudge = Schemas["ToJudgeOutput"];
export type Medium = Schemas["MediumOutput"];
export type Wanted = { campaign: string | null; batch: string | null };

/** The held review, else the next one; null while nothing waits. Asking again renews the lease of the held one. */
export async function takeNext(wanted: Wanted): Promise<ToJudge | null> {
  try {
    return await body(api.POST("/api/v1/reviews/next", { body: { ...wanted, passed_over: passedOver() } }));
  } catch (error) {
    if (error instanceof ApiError && ["nothing_to_review", "no_such_batch"].includes(error.code)) return null;
    throw error;
  }
}

const PASSED_OVER = "openslate.passed-over";

/** Submissions that were skipped in this tab: they are not given again until `forgetPassedOver`. */
export function passedOver(): string[] {
  return JSON.parse(sessionStorage.getItem(PASSED_OVER) ?? "[]") as string[];
}

export function passOver(submission: string): void {
  sessionStorage.setItem(PASSED_OVER, JSON.stringify([...passedOver(), submission].slice(-200)));
}

export function forgetPassedOver(): void {
  sessionStorage.removeItem(PASSED_OVER);
}

export function takeAgain(id: string): Promise<ToJudge> {
  return body(api.POST("/api/v1/reviews/{review_id}/take", { params: { path: { review_id: id } } }));
}

const LOOK_AGAIN_MS = 20_000;
const KEPT_FOR_PAGE_MS = 5_000; // asked for before the page is drawn; whoever comes back later asks anew

export function heldQuery(wanted: Wanted) {
  return queryOptions({
    queryKey: ["reviews", "held", wanted.campaign, wanted.batch],
    queryFn: () => takeNext(wanted),
    staleTime: Infinity,
    gcTime: KEPT_FOR_PAGE_MS,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchInterval: ({ state }) => (state.data === null ? LOOK_AGAIN_MS : false),
  });
}
