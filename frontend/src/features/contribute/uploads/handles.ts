/** Handles to files that a browser keeps over a reload; reading one may need the person's leave again. */
type Permitted = FileSystemFileHandle & {
  queryPermission?: (what: { mode: "read" }) => Promise<PermissionState>;
  requestPermission?: (what: { mode: "read" }) => Promise<PermissionState>;
};

export async function mayRead(handle: Permitted): Promise<boolean> {
  return (await handle.queryPermission?.({ mode: "read" })) === "granted";
}

export async function reopened(handle: Permitted): Promise<File | null> {
  const allowed =
    (await mayRead(handle)) || (await handle.requestPermission?.({ mode: "read" })) === "granted";
  return allowed ? handle.getFile().catch(() => null) : null;
}
