/** The record's vocabularies with their labels in the person's language; they change with the platform's version only. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { api, body } from "./api";

function useVocabulary(name: string | undefined) {
  return useQuery({
    queryKey: ["vocabulary", name],
    enabled: name !== undefined,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/vocabularies/{name}", { params: { path: { name: name ?? "" } }, signal })),
  }).data;
}

function useShownLanguage(): "ar" | "en" {
  const { i18n } = useTranslation();
  return i18n.language === "ar" ? "ar" : "en";
}

/** Names of a vocabulary's terms; a term's id where it has none, while they are on their way, or without a vocabulary. */
export function useLabels(vocabulary: string | undefined): (term: string) => string {
  const language = useShownLanguage();
  const found = useVocabulary(vocabulary);
  return (term) => found?.terms.find(({ id }) => id === term)?.labels[language] ?? term.replaceAll("_", " ");
}

/** All terms of a vocabulary, to choose from. */
export function useTerms(vocabulary: string): { value: string; label: string }[] {
  const language = useShownLanguage();
  const terms = useVocabulary(vocabulary)?.terms ?? [];
  return terms.map(({ id, labels }) => ({ value: id, label: labels[language] ?? labels.en }));
}
