import { TARGETED } from "@/lib/vocabulary";

/** What accepted data is searched and counted by, in the order in which it is shown. */
export const FACETS = [
  "modality",
  "movement",
  "steadiness",
  "shot_size",
  "camera_angle",
  "light",
  "light_quality",
  "key_direction",
  "time_of_day",
  "weather",
  "sound",
  "campaign",
  "license",
  "language",
  "ai_generated",
] as const;
export type Facet = (typeof FACETS)[number];

/** The vocabularies that have the words' names; the other facets are named in the texts, or are names themselves. */
export const VOCABULARIES: Partial<Record<Facet, string>> = {
  ...TARGETED,
  steadiness: "steadiness",
  light_quality: "light_quality",
  key_direction: "key_direction",
  sound: "audioset",
};

export function isFacet(name: string): name is Facet {
  return (FACETS as readonly string[]).includes(name);
}
