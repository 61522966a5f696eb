/** What the desk reads of a record (`curation/record/models` has all of it). */

export type Span = { start_s: number; end_s: number | null };
export type Speech = Span & { text: string; language?: string | null; speaker?: string | null };
export type SoundEvent = { name: string; source: string | null; onset_s: number; offset_s: number | null };

export type JudgedRecord = {
  timeline?: { fps: [number, number]; duration_s: number; num_frames: number };
  scene?: {
    language: string;
    caption_short: string;
    caption_long: string;
    subjects: { id: string; name: string; kind: string; count: number; description: string | null }[];
    actions: (Partial<Span> & { verb: string; subject: string | null })[];
    setting: Record<string, string | boolean | null> | null;
    shot: Record<string, string | string[] | null> | null;
    style: string[];
    text_on_screen: { text: string }[] | string[];
  };
  audio?: {
    asset: string | null;
    in_video: boolean;
    events: SoundEvent[];
    speech: Speech[];
    style_caption: string | null;
    lufs: number | null;
  };
  camera?: {
    poses: { asset: string; count: number } | null;
    lens: { focal_mm: number | null; f_number: number | null; sensor_width_mm: number | null } | null;
    declared: {
      steadiness: string | null;
      primitives: (Span & { name: string; speed: string | null })[];
    } | null;
    source: string;
    convention: string | null;
  };
  lighting?: {
    sh: { coeffs: number[][]; kind: "radiance" | "irradiance" } | null;
    sun: { azimuth_deg: number; elevation_deg: number } | null;
    cct_k: number | null;
    lights: {
      role: string | null;
      type: string;
      cct_k: number | null;
      intensity: number | null;
      unit: string | null;
    }[];
    tags: Record<string, string | string[] | null> | null;
    source: string;
  };
  rights?: { license: string; basis: string; releases: unknown[]; c2pa: unknown };
  provenance?: { ai_generated: string | null; generator: string | null; source_url: string | null };
  reference_images?: { asset: string; role: string; subject: string | null }[];
};

export function recordOf(record: Record<string, unknown>): JudgedRecord {
  return record as JudgedRecord;
}

/** `low_angle` -> `low angle`: the vocabulary's words as they are read. */
export function words(term: string): string {
  return term.replaceAll("_", " ");
}
