/** A record keeps poses, not key frames: those of the last paths made on this device are remembered by their file. */
import { nextId } from "@/lib/camera/keys";

import type { Document } from "./document";

const PREFIX = "openslate.camera-keys.";
const ORDER = "openslate.camera-keys";
const KEPT = 8;
const LARGEST = 200_000;

type Remembered = Omit<Document, "imported">;

export function rememberKeys(asset: string, { keys, course, sensorMm, depthM }: Document): void {
  const text = JSON.stringify({ keys, course, sensorMm, depthM } satisfies Remembered);
  if (text.length > LARGEST) return;
  const order = [asset, ...known().filter((other) => other !== asset)];
  for (const old of order.slice(KEPT)) localStorage.removeItem(PREFIX + old);
  try {
    localStorage.setItem(PREFIX + asset, text);
    localStorage.setItem(ORDER, JSON.stringify(order.slice(0, KEPT)));
  } catch {
    localStorage.removeItem(PREFIX + asset); // no room: the poses are stored all the same
  }
}

export function recallKeys(asset: string): Document | null {
  const text = localStorage.getItem(PREFIX + asset);
  if (!text) return null;
  const { keys, ...rest } = JSON.parse(text) as Remembered;
  return { ...rest, keys: keys.map((key) => ({ ...key, id: nextId() })), imported: null };
}

function known(): string[] {
  return JSON.parse(localStorage.getItem(ORDER) ?? "[]") as string[];
}
