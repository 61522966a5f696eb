import { page } from "./lazy";

export const reviewRoutes = [
  page("review", "review", () => import("@/features/review/ReviewPage")),
  page(
    "review/desk",
    ["review", "camera", "gates", "findings", "report"],
    () => import("@/features/review/DeskPage"),
  ),
];

/** Operators answer them as well. */
export const disputeRoutes = [
  page(
    "review/disputes/:disputeId",
    ["review", "camera", "gates", "findings"],
    () => import("@/features/review/DisputePage"),
  ),
];
