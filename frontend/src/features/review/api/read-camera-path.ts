import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type CameraPath = Schemas["CameraPreviewOutput"];

export function useCameraPath(asset: string | undefined) {
  return useQuery({
    queryKey: ["assets", asset, "camera-preview"],
    enabled: asset !== undefined,
    queryFn: ({ signal }) => {
      const params = { path: { asset_id: asset ?? "" } };
      return body(api.GET("/api/v1/assets/{asset_id}/camera-preview", { params, signal }));
    },
    staleTime: Infinity,
  });
}
