/** The platform's part of an upload: it names the asset, hands out links to storage, and joins what arrived. */
import { api, body, type Schemas } from "@/lib/api";

type Asset = Schemas["AssetOutput"];
const of = (asset_id: string, signal?: AbortSignal) => ({ params: { path: { asset_id } }, signal });

export function announce(file: File, signal: AbortSignal): Promise<Asset> {
  const { name, size, type } = file;
  return body(api.POST("/api/v1/assets", { body: { name, size, content_type: type }, signal }));
}

export function assetOf(id: string, signal: AbortSignal): Promise<Asset> {
  return body(api.GET("/api/v1/assets/{asset_id}", of(id, signal)));
}

/** The numbers of the parts that storage has. */
export async function arrivedParts(
  id: string,
  signal: AbortSignal,
): Promise<{ number: number; size: number }[]> {
  return (await body(api.GET("/api/v1/assets/{asset_id}/parts", of(id, signal)))).parts;
}

export async function partLinks(
  id: string,
  numbers: number[],
  signal: AbortSignal,
): Promise<Map<number, string>> {
  const asked = api.POST("/api/v1/assets/{asset_id}/parts", { ...of(id, signal), body: { numbers } });
  return new Map((await body(asked)).parts.map(({ number, url }) => [number, url]));
}

export function complete(id: string, signal: AbortSignal): Promise<Asset> {
  return body(api.POST("/api/v1/assets/{asset_id}/complete", of(id, signal)));
}

export async function giveUp(id: string): Promise<void> {
  await api.DELETE("/api/v1/assets/{asset_id}", of(id));
}
