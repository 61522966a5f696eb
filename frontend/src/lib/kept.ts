/** What is typed, kept in this tab until it is stored: through a reload, or a session that ends. */

/** Null where nothing is kept. */
export function readKept<T>(place: string): T | null {
  return JSON.parse(sessionStorage.getItem(place) ?? "null") as T | null;
}

export function keep(place: string, value: unknown): void {
  sessionStorage.setItem(place, JSON.stringify(value));
}

export function forget(place: string): void {
  sessionStorage.removeItem(place);
}
