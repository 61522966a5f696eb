import { queryOptions, useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type CameraPath = Schemas["CameraPreviewOutput"];

export function cameraPathQuery(asset: string) {
  return queryOptions({
    queryKey: ["assets", asset, "camera-preview"],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/assets/{asset_id}/camera-preview", {
          params: { path: { asset_id: asset } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
}

export function useCameraPath(asset: string | undefined) {
  return useQuery({ ...cameraPathQuery(asset ?? ""), enabled: asset !== undefined });
}
