import { page } from "./lazy";

export const generateRoutes = [
  page("generate", "generate", () => import("@/features/generate/GeneratePage")),
  page(
    "generations/:generationId",
    ["generate", "report"],
    () => import("@/features/generate/GenerationPage"),
  ),
];

export const arenaRoutes = [page("arena", "arena", () => import("@/features/arena/ArenaPage"))];
