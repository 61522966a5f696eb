import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Selection = Schemas["SelectionInputRequest"];

/** Freeze what the selection matches now as the dataset's next version. */
export function useFreeze(dataset: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (selection: Selection) => {
      const params = { path: { dataset_id: dataset } };
      return body(api.POST("/api/v1/datasets/{dataset_id}/versions", { params, body: { selection } }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["datasets", dataset, "versions"] }),
  });
}
