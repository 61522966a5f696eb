import { useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type ExportFile = Schemas["ExportFileOutput"];

/** Files with links that are good for minutes, so they are read anew after that. */
const LINKS_LAST_MS = 240_000;

export function useExportFiles(id: string) {
  return useInfiniteQuery({
    queryKey: ["exports", id, "files"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const params = { path: { export_id: id }, query: { cursor: pageParam } };
      return body(api.GET("/api/v1/exports/{export_id}/files", { params, signal }));
    },
    getNextPageParam: nextCursor,
    refetchInterval: LINKS_LAST_MS,
  });
}
