/** Files out of a drop or an input: folders are walked, and handles come along where the browser gives them. */
export type Picked = { file: File; handle?: FileSystemFileHandle };

type Handle = FileSystemFileHandle | FileSystemDirectoryHandle;
type DirectoryItems = { values: () => AsyncIterable<Handle> };
type DroppedItem = DataTransferItem & { getAsFileSystemHandle?: () => Promise<Handle | null> };

export function fromInput(files: FileList | null): Picked[] {
  return [...(files ?? [])].map((file) => ({ file }));
}

/** Must be called while the drop event is handled: its items are gone a moment later. */
export async function fromDrop(transfer: DataTransfer): Promise<Picked[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === "file") as DroppedItem[];
  const found = items.map(async (item) => {
    const [file, entry] = [item.getAsFile(), item.webkitGetAsEntry()];
    const handle = await item.getAsFileSystemHandle?.().catch(() => null);
    if (handle) return walkHandle(handle);
    if (entry?.isDirectory) return walkEntry(entry);
    return file ? [{ file }] : [];
  });
  const picked = (await Promise.all(found)).flat();
  return picked.filter(({ file }) => !file.name.startsWith(".")); // .DS_Store and its like
}

async function walkHandle(handle: Handle): Promise<Picked[]> {
  if (handle.kind === "file")
    return [
      { file: await (handle as FileSystemFileHandle).getFile(), handle: handle as FileSystemFileHandle },
    ];
  const inside: Picked[][] = [];
  for await (const child of (handle as unknown as DirectoryItems).values())
    inside.push(await walkHandle(child));
  return inside.flat();
}

async function walkEntry(entry: FileSystemEntry): Promise<Picked[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inside: Picked[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (!some.length) return inside;
    inside.push(...(await Promise.all(some.map(walkEntry))).flat());
  }
}
