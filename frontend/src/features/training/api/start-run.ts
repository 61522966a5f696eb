import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type NewRun = Schemas["RunInputRequest"];

export function useStartRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (run: NewRun) => body(api.POST("/api/v1/runs", { body: run })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["runs"], exact: true }),
  });
}
