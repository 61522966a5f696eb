import { page } from "./lazy";

export const reviewRoutes = [
  page("review", "review", () => import("@/features/review/ReviewPage")),
  page("review/desk", "review", () => import("@/features/review/DeskPage")),
];
