import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { LIVE_MS } from "@/lib/query";

export type Asset = Schemas["AssetOutput"];
export type AssetDetail = Schemas["AssetDetailOutput"];

const AT_ONCE = 100;
const FINAL = ["ready", "refused", "abandoned", "released"];
const LINK_GOOD_MS = 4 * 60_000;
/** What is made of a file takes a worker seconds, and a batch asks for each of its pictures. */
const RENDERING_MS = 3 * LIVE_MS;

export function isFinal(asset: Asset | undefined): boolean {
  return asset !== undefined && FINAL.includes(asset.status);
}

async function fetchSome(ids: string[], signal: AbortSignal): Promise<Asset[]> {
  const query = { ids: ids.join(","), page_size: AT_ONCE };
  return (await body(api.GET("/api/v1/assets", { params: { query }, signal }))).results;
}

/** These of one's files by id, asked again every two seconds while a worker still looks at one of them. */
export function useAssets(ids: string[]): ReadonlyMap<string, Asset> {
  const sorted = [...new Set(ids)].sort();
  const { data } = useQuery({
    queryKey: ["assets", sorted],
    enabled: sorted.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const slices = Array.from({ length: Math.ceil(sorted.length / AT_ONCE) }, (_, slice) =>
        sorted.slice(slice * AT_ONCE, (slice + 1) * AT_ONCE),
      );
      return (await Promise.all(slices.map((some) => fetchSome(some, signal)))).flat();
    },
    refetchInterval: ({ state }) => (state.data?.every(isFinal) ? false : LIVE_MS),
  });
  return new Map(data?.map((asset) => [asset.id, asset]));
}

/** One file with links to what was made of it, until that is made. */
export function useAssetDetail(asset_id: string | undefined) {
  return useQuery({
    queryKey: ["asset", asset_id],
    enabled: Boolean(asset_id),
    staleTime: LINK_GOOD_MS,
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/assets/{asset_id}", { params: { path: { asset_id: asset_id ?? "" } }, signal })),
    refetchInterval: ({ state }) => {
      const asset = state.data;
      if (asset && ["refused", "abandoned", "released"].includes(asset.status)) return false;
      return asset?.renditions && ["ready", "failed"].includes(asset.renditions.status)
        ? false
        : RENDERING_MS;
    },
  });
}

/** A short-lived address of one's own original. */
export function useAssetLink(asset_id: string | undefined, ready: boolean) {
  return useQuery({
    queryKey: ["asset-link", asset_id],
    enabled: Boolean(asset_id) && ready,
    staleTime: LINK_GOOD_MS,
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/assets/{asset_id}/link", { params: { path: { asset_id: asset_id ?? "" } }, signal }),
      ),
  });
}
