import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type NotificationSetting = Schemas["NotificationSettingOutput"];

const KEY = ["notification-settings"];

export function useNotificationSettings() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => body(api.GET("/api/v1/notification-settings", { signal })),
  });
}

export function useSetChannel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (setting: NotificationSetting) =>
      body(api.PATCH("/api/v1/notification-settings", { body: setting })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
