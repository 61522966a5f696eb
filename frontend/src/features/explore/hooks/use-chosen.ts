/** Samples picked out one by one, kept in this tab from search to search until a version is made of them. */
import { useSyncExternalStore } from "react";

const PLACE = "openslate.chosen-samples";
const listeners = new Set<() => void>();
let chosen = new Set<string>(JSON.parse(sessionStorage.getItem(PLACE) ?? "[]") as string[]);

function put(next: Set<string>): void {
  chosen = next;
  sessionStorage.setItem(PLACE, JSON.stringify([...next]));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function toggleChosen(id: string): void {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  put(next);
}

export function forgetChosen(): void {
  put(new Set());
}

export function useChosen(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, () => chosen);
}
