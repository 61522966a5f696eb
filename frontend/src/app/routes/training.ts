import { page } from "./lazy";

export const trainingRoutes = [
  page("runs", "training", () => import("@/features/training/RunsPage")),
  page("runs/new", "training", () => import("@/features/training/NewRunPage")),
  page("runs/compare", "training", () => import("@/features/training/ComparePage")),
  page("runs/:id", "training", () => import("@/features/training/RunPage")),
];
