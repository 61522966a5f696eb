import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type NewExport = Schemas["ExportInputRequest"];

export function useStartExport(version: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: NewExport) => {
      const params = { path: { version_id: version } };
      return body(api.POST("/api/v1/versions/{version_id}/exports", { params, body: wanted }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["versions", version, "exports"] }),
  });
}
