import { page } from "./lazy";

const start = () => import("@/features/contribute/ContributePage");

export const contributeRoutes = [
  page("campaigns/:campaignId/contribute", "contribute", start),
  page("contribute", "contribute", start),
  page(
    "contribute/:submissionId",
    ["contribute", "camera"],
    () => import("@/features/contribute/StudioPage"),
  ),
];
