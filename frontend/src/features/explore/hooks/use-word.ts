import { useTranslation } from "react-i18next";

import { useLabels } from "@/lib/vocabulary";

import { useCampaignChoices } from "../api/list-campaigns";
import { type Facet, VOCABULARIES } from "../model/facets";

/** Names of a facet's values in the person's language. */
export function useWord(facet: Facet): (value: string) => string {
  const { t, i18n } = useTranslation("explore");
  const label = useLabels(VOCABULARIES[facet]);
  const campaigns = useCampaignChoices(facet === "campaign");
  return (value) => {
    if (VOCABULARIES[facet]) return label(value);
    if (facet === "modality") return t(`modality.${value}`);
    if (facet === "ai_generated") return t(`ai_generated.${value}`);
    if (facet === "campaign")
      return campaigns.data?.find(({ id }) => id === value)?.title ?? value.slice(0, 8);
    if (facet === "language") return languageName(value, i18n.language);
    return value;
  };
}

function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // what a contributor wrote may be no tag
  }
}
