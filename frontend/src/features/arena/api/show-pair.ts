import { useQuery } from "@tanstack/react-query";

import { api, ApiError, body, type Schemas } from "@/lib/api";

export type Pair = Schemas["PairOutput"];

const MOST = 200; // that the platform leaves out

/** The pair to judge next; the same one until it is judged or passed over. Null when there is none left. */
export function usePair(passedOver: string[]) {
  return useQuery({
    queryKey: ["pair", passedOver],
    staleTime: 4 * 60_000, // its links last five minutes
    queryFn: async ({ signal }): Promise<Pair | null> => {
      try {
        const asked = { passed_over: passedOver.slice(-MOST) };
        return await body(api.POST("/api/v1/comparisons/next", { body: asked, signal }));
      } catch (error) {
        if (error instanceof ApiError && error.code === "nothing_to_compare") return null;
        throw error;
      }
    },
  });
}
