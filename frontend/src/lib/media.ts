/** What was made of a contributor's file for looking and listening. */
import type { Schemas } from "./api";

export type Rendition = Schemas["RenditionFileOutput"];
export type Rendered = { kind: string; renditions?: { files: readonly Rendition[] } | null };

/** The file with the first of the roles that there is one for. */
export function fileOf(medium: Rendered | undefined, ...roles: string[]): Rendition | undefined {
  const files = medium?.renditions?.files ?? [];
  return roles.map((role) => files.find((file) => file.role === role)).find(Boolean);
}
