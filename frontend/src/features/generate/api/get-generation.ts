import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";
import { LIVE_MS } from "@/lib/query";

import { isGoing } from "./list-generations";

export function useGeneration(id: string) {
  return useQuery({
    queryKey: ["generation", id],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/generations/{generation_id}", { params: { path: { generation_id: id } }, signal }),
      ),
    refetchInterval: ({ state }) => (state.data && isGoing(state.data) ? LIVE_MS : false),
  });
}
