import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

export type CaptionLanguage = "en" | "ar";

/** The stored draft in words, as soon as it is a whole record. */
export function useCaption(
  submission_id: string,
  language: CaptionLanguage,
  savedAt: string,
  whole: boolean,
) {
  return useQuery({
    queryKey: ["caption", submission_id, language, savedAt],
    enabled: whole,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/submissions/{submission_id}/caption", {
          params: { path: { submission_id }, query: { language } },
          signal,
        }),
      ),
  });
}
