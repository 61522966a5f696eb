import { page } from "./lazy";

export const contributeRoutes = [
  page(
    "campaigns/:campaignId/contribute",
    "contribute",
    () => import("@/features/contribute/ContributePage"),
  ),
  page(
    "contribute/:submissionId",
    ["contribute", "camera", "gates", "findings"],
    () => import("@/features/contribute/StudioPage"),
  ),
];
