import { page } from "./lazy";

export const exploreRoutes = [
  page("explore", "explore", () => import("@/features/explore/SearchPage")),
  page("explore/samples/:id", "explore", () => import("@/features/explore/SamplePage")),
  page("explore/coverage", "explore", () => import("@/features/explore/CoveragePage")),
  page("explore/datasets", "explore", () => import("@/features/explore/DatasetsPage")),
  page("explore/freeze", "explore", () => import("@/features/explore/FreezePage")),
  page("explore/versions/:id", "explore", () => import("@/features/explore/VersionPage")),
];
