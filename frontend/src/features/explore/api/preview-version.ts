import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

import type { Selection } from "./freeze-version";

export type Preview = Schemas["SelectionPreviewOutput"];

/** What a version frozen now would hold; nothing is kept of the rehearsal. */
export function usePreview(dataset: string, selection: Selection) {
  return useQuery({
    queryKey: ["datasets", dataset, "preview", selection],
    enabled: dataset !== "",
    queryFn: ({ signal }) => {
      const params = { path: { dataset_id: dataset } };
      const asked = { params, body: { selection }, signal };
      return body(api.POST("/api/v1/datasets/{dataset_id}/versions/preview", asked));
    },
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
