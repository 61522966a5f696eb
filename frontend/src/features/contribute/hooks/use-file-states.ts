import { type Asset, useAssets } from "../api/get-assets";
import type { Upload } from "../uploads/uploader";
import { useUploads } from "./use-uploads";

export type FileState = { upload?: Upload; asset?: Asset };

/** What is known of these files, by asset id: of their upload in this window, and of the asset on the server. */
export function useFileStates(
  ids: readonly (string | null | undefined)[],
): (id: string | null | undefined) => FileState {
  const { uploads } = useUploads();
  const known = ids.filter((id) => id !== null && id !== undefined);
  const byId = new Map(uploads.map((upload) => [upload.assetId, upload]));
  const arrived = known.filter((id) => (byId.get(id)?.state ?? "sent") === "sent");
  const assets = useAssets(arrived);
  return (id) => (id ? { upload: byId.get(id), asset: assets.get(id) } : {});
}
