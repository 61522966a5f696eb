import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Term = Schemas["TermOutput"];

/** The words that a field of the record takes, with their labels. They change with a release only. */
export function useVocabulary(name: string) {
  return useQuery({
    queryKey: ["vocabulary", name],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/vocabularies/{name}", { params: { path: { name } }, signal })),
  });
}

export function labelOf(term: Term, language: string): string {
  return (language === "ar" && term.labels.ar) || term.labels.en;
}
