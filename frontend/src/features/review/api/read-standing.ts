import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Standing = Schemas["StandingOutput"];

/** How one's own judgements are counted. */
export function useStanding() {
  return useQuery({
    queryKey: ["me", "standing"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/me/standing", { signal })),
    select: (standings) => standings.find((standing) => standing.role === "reviewer"),
  });
}
