import { page } from "./lazy";

export const operatorRoutes = [
  page("operator", ["operator", "gates"], () => import("@/features/operator/OperatorPage")),
];
