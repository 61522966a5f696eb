import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Notification = Schemas["NotificationOutput"];

export function useNotifications() {
  return useInfiniteQuery({
    queryKey: ["notifications", "list"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/notifications", { params: { query: { cursor: pageParam } }, signal })),
    getNextPageParam: nextCursor,
  });
}
