/** Uploads that were not finished, kept in IndexedDB over a reload; with the file's handle where the browser gives one. */
export type KeptUpload = {
  assetId: string;
  submissionId: string;
  name: string;
  size: number;
  lastModified: number;
  handle?: FileSystemFileHandle;
};

const STORE = "uploads";

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("openslate", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "assetId" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB cannot be opened."));
  });
}

async function act<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const request = ask(database.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("IndexedDB does not answer."));
    });
  } finally {
    database.close();
  }
}

export const keep = (upload: KeptUpload) => act("readwrite", (store) => store.put(upload));
export const forget = (assetId: string) => act("readwrite", (store) => store.delete(assetId));
export const allKept = () => act("readonly", (store) => store.getAll() as IDBRequest<KeptUpload[]>);
