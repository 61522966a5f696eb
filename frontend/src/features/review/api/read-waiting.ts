import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type WaitingCampaign = Schemas["WaitingOutput"];

/** What waits that one may judge, by campaign and by batches of one contributor. */
export function useWaiting() {
  return useQuery({
    queryKey: ["reviews", "waiting"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/reviews/waiting", { signal })),
    refetchInterval: 30_000,
  });
}
