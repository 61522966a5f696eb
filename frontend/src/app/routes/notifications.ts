import { page } from "./lazy";

export const notificationRoutes = [
  page("notifications", "notifications", () => import("@/features/notifications/NotificationsPage")),
];
