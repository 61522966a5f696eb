import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type SampleDetail = Schemas["SampleDetailOutput"];

/** Links to what is shown of the files are good for five minutes. */
const LINKS_LAST_MS = 240_000;

export function useSample(id: string, enabled = true) {
  return useQuery({
    queryKey: ["samples", id],
    enabled,
    staleTime: LINKS_LAST_MS,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/samples/{sample_id}", { params: { path: { sample_id: id } }, signal })),
  });
}
