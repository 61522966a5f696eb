/** Small files that editors make or take: sent in one go, and waited for until the platform has verified them. */
import { api, ApiError, body, Offline, type Schemas } from "./api";

export type Asset = Schemas["AssetOutput"];

const POLL_MS = 700;

/** The asset once it is verified. Throws `ApiError` with the refusal's own words where it is not accepted. */
export async function storeFile(file: File, signal?: AbortSignal): Promise<Asset> {
  const asset = await body(
    api.POST("/api/v1/assets", {
      body: { name: file.name, size: file.size, content_type: file.type || "application/octet-stream" },
      signal,
    }),
  );
  await sendParts(asset, file, signal);
  await body(
    api.POST("/api/v1/assets/{asset_id}/complete", { params: { path: { asset_id: asset.id } }, signal }),
  );
  return verified(asset.id, signal);
}

async function sendParts(asset: Asset, file: File, signal?: AbortSignal): Promise<void> {
  const numbers = Array.from({ length: asset.part_count }, (_, part) => part + 1);
  const path = { asset_id: asset.id };
  const { parts } = await body(
    api.POST("/api/v1/assets/{asset_id}/parts", { params: { path }, body: { numbers }, signal }),
  );
  for (const { number, url } of parts) {
    const part = file.slice((number - 1) * asset.part_size, number * asset.part_size);
    const answer = await fetch(url, { method: "PUT", body: part, signal }).catch((error: unknown) => {
      throw error instanceof TypeError ? new Offline() : error;
    });
    if (!answer.ok) throw new ApiError(answer.status, "storage_refused", answer.statusText);
  }
}

/** Waits for a worker to examine or make the file. */
export async function verified(id: string, signal?: AbortSignal): Promise<Asset> {
  for (;;) {
    signal?.throwIfAborted();
    const asset = await body(
      api.GET("/api/v1/assets/{asset_id}", { params: { path: { asset_id: id } }, signal }),
    );
    if (asset.status === "ready") return asset;
    if (asset.refusal) throw new ApiError(422, asset.refusal.code, asset.refusal.message);
    if (asset.status === "abandoned") throw new ApiError(410, "asset_abandoned", "The upload was given up.");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The bytes of one's own file, or of what was made of another's for people to see. */
export async function fetchAsset(id: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  const { url } = await body(
    api.GET("/api/v1/assets/{asset_id}/link", { params: { path: { asset_id: id } }, signal }),
  );
  const answer = await fetch(url, { signal }).catch((error: unknown) => {
    throw error instanceof TypeError ? new Offline() : error;
  });
  if (!answer.ok) throw new ApiError(answer.status, "storage_refused", answer.statusText);
  return answer.arrayBuffer();
}
