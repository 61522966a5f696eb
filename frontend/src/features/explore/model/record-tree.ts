/** A record as a tree to be read: what is empty says nothing, what is nested opens. */
export function isPart(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => typeof item === "object" && item !== null);
  return typeof value === "object" && value !== null;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}

export function present(part: Record<string, unknown>): [string, unknown][] {
  return Object.entries(part).filter(([, value]) => !isEmpty(value));
}
