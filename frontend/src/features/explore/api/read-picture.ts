import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** A link to a picture of one's own, to show what is searched by. */
export function usePicture(asset: string) {
  return useQuery({
    queryKey: ["assets", asset, "link"],
    enabled: asset !== "",
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/assets/{asset_id}/link", { params: { path: { asset_id: asset } }, signal })),
  });
}
