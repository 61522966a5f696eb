import { page } from "./lazy";

export const exploreRoutes = [
  page("explore", "explore", () => import("@/features/explore/DatasetsPage")),
  page("explore/versions/:id", "explore", () => import("@/features/explore/VersionPage")),
];
