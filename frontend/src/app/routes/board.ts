import { page } from "./lazy";

export const boardRoutes = [page("campaigns", "board", () => import("@/features/board/BoardPage"))];
