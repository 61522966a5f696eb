import { page } from "./lazy";

export const earningsRoutes = [
  page("earnings", "earnings", () => import("@/features/earnings/EarningsPage")),
];
