import { useQuery } from "@tanstack/react-query";

import { api, ApiError, body, type Schemas } from "@/lib/api";

export type Pair = Schemas["PairOutput"];

/** The pair to judge next; the same one until it is judged. Null when there is none left. */
export function usePair() {
  return useQuery({
    queryKey: ["pair"],
    staleTime: 4 * 60_000, // its links last five minutes
    queryFn: async ({ signal }): Promise<Pair | null> => {
      try {
        return await body(api.POST("/api/v1/comparisons/next", { signal }));
      } catch (error) {
        if (error instanceof ApiError && error.code === "nothing_to_compare") return null;
        throw error;
      }
    },
  });
}
