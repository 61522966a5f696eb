import { useEffect, useSyncExternalStore } from "react";

import { type Uploads, uploader } from "../uploads/uploader";

/** This window's uploads, with those that an earlier page left unfinished. */
export function useUploads(): Uploads {
  useEffect(() => void uploader.recall().catch(() => undefined), []); // private windows have no IndexedDB
  return useSyncExternalStore(uploader.subscribe, () => uploader.snapshot);
}
