import { queryOptions, useQuery } from "@tanstack/react-query";

import { refusal } from "@/lib/api";

/** BBC audiowaveform, version 2: lowest and highest of each bin in turn, 8 bits. */
export type Waveform = { data: number[]; length: number; sample_rate: number; samples_per_pixel: number };

/** Out of the storage: the link is signed and carries no session. */
export function waveformQuery(url: string) {
  return queryOptions({
    queryKey: ["waveform", url.split("?")[0]],
    queryFn: async ({ signal }): Promise<Waveform> => {
      const response = await fetch(url, { signal });
      if (!response.ok) throw await refusal(response);
      return (await response.json()) as Waveform;
    },
    staleTime: Infinity,
  });
}

export function useWaveform(url: string | undefined) {
  return useQuery({ ...waveformQuery(url ?? ""), enabled: url !== undefined });
}
