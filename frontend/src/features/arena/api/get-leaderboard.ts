import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Standing = Schemas["ArenaStandingOutput"];

export function useLeaderboard() {
  return useQuery({
    queryKey: ["leaderboard"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/leaderboard", { signal })),
  });
}
