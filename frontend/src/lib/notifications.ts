/** How much is unread: for the bell in the header and the page behind it. */
import { queryOptions, useQuery } from "@tanstack/react-query";

import { api, body } from "./api";

const MINUTE_MS = 60_000;

export const unreadQuery = queryOptions({
  queryKey: ["notifications", "unread"],
  refetchInterval: MINUTE_MS / 2,
  queryFn: async ({ signal }) => (await body(api.GET("/api/v1/notifications/unread", { signal }))).unread,
});

export function useUnread(enabled: boolean) {
  return useQuery({ ...unreadQuery, enabled });
}
