/** What a version is to be made of, in the API's words; what is left out does not narrow. */
import type { Selection } from "../api/freeze-version";
import type { Chosen } from "./asked";

export type More = {
  campaigns: string[];
  modalities: NonNullable<Selection["modalities"]>;
  minQuality: number;
};
export const NOTHING_MORE: More = { campaigns: [], modalities: [], minQuality: 0 };

export function selectionOf(asked: More & { facets: Chosen; ids: string[] }): Selection {
  const { campaigns, modalities, minQuality, facets, ids } = asked;
  return {
    ...(campaigns.length > 0 && { campaigns }),
    ...(minQuality > 0 && { min_quality: minQuality }),
    ...(modalities.length > 0 && { modalities }),
    ...(ids.length > 0 && { ids }),
    ...(Object.keys(facets).length > 0 && { filter: { facets: facets as Record<string, string[]> } }),
  };
}
