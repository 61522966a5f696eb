import { useMutation } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** A link that is good for minutes: asked for when it is wanted. */
export function useDownloadAdapter(checkpoint: string) {
  return useMutation({
    mutationFn: () =>
      body(
        api.GET("/api/v1/checkpoints/{checkpoint_id}/adapter", {
          params: { path: { checkpoint_id: checkpoint } },
        }),
      ),
    onSuccess: ({ url }) => location.assign(url),
  });
}
