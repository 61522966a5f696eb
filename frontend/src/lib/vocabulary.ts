/** The record's vocabularies with their labels in the person's language; they change with the platform's version only. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { api, body } from "./api";

/** Names of a vocabulary's terms; a term's id where it has none, or while they are on their way. */
export function useLabels(vocabulary: string): (term: string) => string {
  const { i18n } = useTranslation();
  const language = i18n.language === "ar" ? "ar" : "en";
  const { data } = useQuery({
    queryKey: ["vocabulary", vocabulary],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/vocabularies/{name}", { params: { path: { name: vocabulary } }, signal })),
  });
  return (term) => data?.terms.find(({ id }) => id === term)?.labels[language] ?? term.replaceAll("_", " ");
}
