import { useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

const page_size = 100;

export function useDatasetChoices() {
  return useQuery({
    queryKey: ["datasets", "choices"],
    queryFn: async ({ signal }) =>
      (await body(api.GET("/api/v1/datasets", { params: { query: { page_size } }, signal }))).results,
  });
}

export function useVersionChoices(dataset: string) {
  return useQuery({
    queryKey: ["datasets", dataset, "versions", "choices"],
    enabled: dataset !== "",
    queryFn: async ({ signal }) => {
      const params = { path: { dataset_id: dataset }, query: { page_size } };
      const found = await body(api.GET("/api/v1/datasets/{dataset_id}/versions", { params, signal }));
      return found.results.filter(({ status }) => status === "ready");
    },
  });
}

/** Those that a run can read: finished ones in shards. */
export function useExportChoices(version: string) {
  return useQuery({
    queryKey: ["versions", version, "exports", "choices"],
    enabled: version !== "",
    queryFn: async ({ signal }) => {
      const params = { path: { version_id: version }, query: { page_size } };
      const found = await body(api.GET("/api/v1/versions/{version_id}/exports", { params, signal }));
      return found.results.filter(({ status, profile }) => status === "ready" && profile === "webdataset");
    },
  });
}
