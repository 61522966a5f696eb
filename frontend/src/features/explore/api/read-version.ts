import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS } from "@/lib/query";

export type VersionDetail = Schemas["VersionDetailOutput"];

export function useVersion(id: string) {
  return useQuery({
    queryKey: ["versions", id],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/versions/{version_id}", { params: { path: { version_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === "building" ? LIVE_MS : false),
  });
}
