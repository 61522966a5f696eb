/** The record's vocabularies with their labels in the person's language; they change with the platform's version only. */
import { queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { api, body } from "./api";

/** What campaigns have targets for, and the vocabularies of their words. */
export const TARGETED = {
  movement: "camera_primitive",
  light: "light_type",
  time_of_day: "time_of_day",
  weather: "weather",
  shot_size: "shot_size",
  camera_angle: "camera_angle",
} as const;
export type Targeted = keyof typeof TARGETED;

function vocabularyQuery(name: string | undefined) {
  return queryOptions({
    queryKey: ["vocabulary", name],
    enabled: name !== undefined,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/vocabularies/{name}", { params: { path: { name: name ?? "" } }, signal })),
  });
}

function useVocabulary(name: string | undefined) {
  return useQuery(vocabularyQuery(name)).data;
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

/** Names of what campaigns have targets for, such as `movement=dolly_in`; the facet is left out. */
export function useTargetLabels(targets: readonly string[]): (target: string) => string {
  const language = useShownLanguage();
  const names = [...new Set(targets.map((target) => TARGETED[target.split("=")[0] as Targeted]))];
  const found = useQueries({ queries: names.map(vocabularyQuery) });
  return (target) => {
    const [facet, term = ""] = target.split("=");
    const terms = found[names.indexOf(TARGETED[facet as Targeted])]?.data?.terms;
    return terms?.find(({ id }) => id === term)?.labels[language] ?? term.replaceAll("_", " ");
  };
}

/** All terms of a vocabulary, to choose from. */
export function useTerms(vocabulary: string): { value: string; label: string }[] {
  const language = useShownLanguage();
  const terms = useVocabulary(vocabulary)?.terms ?? [];
  return terms.map(({ id, labels }) => ({ value: id, label: labels[language] ?? labels.en }));
}
