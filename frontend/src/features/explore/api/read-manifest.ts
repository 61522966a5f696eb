import { useMutation } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** A link to the manifest that is good for minutes: asked for when it is wanted. */
export function useManifestLink(version: string) {
  return useMutation({
    mutationFn: () =>
      body(api.GET("/api/v1/versions/{version_id}/manifest", { params: { path: { version_id: version } } })),
    onSuccess: ({ url }) => location.assign(url),
  });
}
