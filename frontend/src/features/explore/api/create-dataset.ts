import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type NewDataset = Schemas["DatasetInputRequest"];

export function useCreateDataset() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (dataset: NewDataset) => body(api.POST("/api/v1/datasets", { body: dataset })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["datasets"] }),
  });
}
