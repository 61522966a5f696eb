import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

import type { Draft } from "../draft/record";

/** As much of the draft as is well formed, in words, in every language. */
export function useComposedCaption({ scene, audio, camera, lighting }: Draft) {
  const record = { scene, audio, camera, lighting };
  return useQuery({
    queryKey: ["composed-caption", record],
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
    queryFn: ({ signal }) => body(api.POST("/api/v1/captions/compose", { body: { record }, signal })),
  });
}
