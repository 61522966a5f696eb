import { page } from "./lazy";

export const operatorRoutes = [
  page("operator", "operator", () => import("@/features/operator/OperatorPage")),
];
