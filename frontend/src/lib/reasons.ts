/** Why work is not approved, in the order of a record's parts. */
import type { Schemas } from "./api";

export type Reason = Schemas["ReasonsEnum"];

export const REASONS: Reason[] = [
  "caption_wrong",
  "caption_thin",
  "timing_wrong",
  "image_quality",
  "image_unrelated",
  "audio_quality",
  "audio_unrelated",
  "transcript_wrong",
  "camera_wrong",
  "lighting_wrong",
  "watermark",
  "duplicate",
  "off_brief",
  "rights_unclear",
  "person_without_release",
  "unsafe",
  "other",
];
