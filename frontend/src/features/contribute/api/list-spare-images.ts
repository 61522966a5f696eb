import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

const NEWEST = 200;

/** Pictures among one's newest files that are ready to be used. */
export function useSpareImages() {
  return useQuery({
    queryKey: ["assets", "images"],
    queryFn: async ({ signal }) => {
      const { results } = await body(
        api.GET("/api/v1/assets", { params: { query: { page_size: NEWEST } }, signal }),
      );
      return results.filter(({ kind, status }) => kind === "image" && status === "ready");
    },
  });
}
