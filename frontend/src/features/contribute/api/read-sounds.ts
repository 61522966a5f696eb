import { useMutation } from "@tanstack/react-query";

import { api, body } from "@/lib/api";

/** Events out of a DCASE table or a JAMS file; nothing is stored. */
export function useReadSounds() {
  return useMutation({
    mutationFn: async (file: File) =>
      body(api.POST("/api/v1/sound-events/read", { body: { text: await file.text() } })),
  });
}
