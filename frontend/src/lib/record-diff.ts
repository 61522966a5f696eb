/** What differs between two records, leaf by leaf: a number list (a position, a matrix) counts as one leaf. */
export type Change = { path: string; before: string | undefined; after: string | undefined };

function isLeaf(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null);
}

function leaves(value: unknown, path: string, found: Map<string, string>): Map<string, string> {
  if (isLeaf(value)) return found.set(path, typeof value === "string" ? value : JSON.stringify(value));
  for (const [key, inner] of Object.entries(value as object)) {
    const place = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    leaves(inner, place, found);
  }
  return found;
}

/** In the order of the newer record, what was removed last. A null is as good as nothing. */
export function recordDiff(before: unknown, after: unknown): Change[] {
  const old = leaves(before ?? {}, "", new Map());
  const now = leaves(after ?? {}, "", new Map());
  const paths = new Set([...now.keys(), ...old.keys()]);
  return [...paths].flatMap((path) => {
    const [was, is] = [old, now].map((side) => (side.get(path) === "null" ? undefined : side.get(path)));
    return was === is ? [] : [{ path, before: was, after: is }];
  });
}
