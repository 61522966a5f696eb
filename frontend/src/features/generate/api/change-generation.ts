import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** Stops a clip that is waiting or being made, or queues a failed one again. */
export function useChangeGeneration(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: "cancel" | "retry") => {
      const at = { params: { path: { generation_id: id } } };
      return act === "cancel"
        ? body(api.POST("/api/v1/generations/{generation_id}/cancel", at))
        : body(api.POST("/api/v1/generations/{generation_id}/retry", at));
    },
    onSuccess: (generation) => {
      client.setQueryData(["generation", id], generation);
      void client.invalidateQueries({ queryKey: ["generations"] });
    },
  });
}
