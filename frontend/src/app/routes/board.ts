import { page } from "./lazy";

export const boardRoutes = [
  page("campaigns", "board", () => import("@/features/board/BoardPage")),
  page("campaigns/:campaignId", ["board", "gates", "report"], () => import("@/features/board/CampaignPage")),
];
