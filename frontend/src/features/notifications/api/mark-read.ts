import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** One, or all where no id is given. */
export function useMarkRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id?: string) => {
      if (!id) return void (await body(api.POST("/api/v1/notifications/read-all")));
      const params = { path: { notification_id: id } };
      await body(api.POST("/api/v1/notifications/{notification_id}/read", { params }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["notifications"] }),
  });
}
