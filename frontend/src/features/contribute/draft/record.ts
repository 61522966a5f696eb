/** The record while it is written: any part of it may still be missing. */
import type { RecordParts } from "@/lib/record";

/** Every key optional at every depth; tuples stay whole. */
export type Unfinished<T> = T extends readonly (infer Item)[]
  ? number extends T["length"]
    ? Unfinished<Item>[]
    : T
  : T extends object
    ? { [Key in keyof T]?: Unfinished<T[Key]> | null }
    : T;

export type Draft = Unfinished<RecordParts["Record"]>;
export type PartName =
  | "timeline"
  | "scene"
  | "reference_images"
  | "audio"
  | "camera"
  | "lighting"
  | "video"
  | "rights"
  | "provenance";
export type Part<Name extends PartName> = NonNullable<Draft[Name]>;

export const SCHEMA_VERSION = "scene-sample/1.0";

/** The version of the terms that a contributor agrees to by submitting. */
export const CONSENT_VERSION = "2026-11";

export function newDraft(license: string, holder: string, language: string, now: Date): Draft {
  return {
    schema_version: SCHEMA_VERSION,
    timeline: { duration_s: 5, fps: [24, 1], num_frames: 120 },
    scene: { language },
    rights: { license, consent_version: CONSENT_VERSION, ...(holder && { holder }) },
    provenance: { created_at: now.toISOString(), client: "openslate-web", ai_generated: "none" },
  };
}

/** The draft without what says nothing: empty texts, lists and parts, and nulls. A part is there or it is not. */
export function pruned<T>(value: T): T | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) {
    const kept = value.map((item: unknown) => (typeof item === "object" ? (pruned(item) ?? {}) : item));
    return kept.length ? (kept as T) : undefined;
  }
  if (typeof value !== "object") return value;
  const kept = Object.entries(value)
    .map(([key, item]) => [key, pruned(item as unknown)] as const)
    .filter(([, item]) => item !== undefined);
  return kept.length ? (Object.fromEntries(kept) as T) : undefined;
}

/** An audio part that says no more than that there is nothing in the clip is none. */
export function prunedDraft(draft: Draft): Draft {
  const { audio, video, ...rest } = draft;
  const sound = audio && { ...audio, in_video: audio.in_video || undefined };
  const clip = video?.asset ? video : undefined;
  return pruned({ ...rest, audio: sound, video: clip }) ?? {};
}

/** How many frames a timeline of this length has. */
export function frameCount(duration_s: number, [num, den]: readonly [number, number]): number {
  return Math.max(1, Math.round((duration_s * num) / den));
}

/** Whether two drafts say the same, whatever the order of their keys. */
export function same(one: Draft, other: Draft): boolean {
  return sorted(prunedDraft(one)) === sorted(prunedDraft(other));
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    item && typeof item === "object" && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
