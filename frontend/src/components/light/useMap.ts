import { useMutation, useQuery } from "@tanstack/react-query";
import { FloatType } from "three";
import { EXRLoader } from "three/examples/jsm/loaders/EXRLoader.js";

import { api, body } from "@/lib/api";
import { fetchAsset, storeFile, verified } from "@/lib/assets";
import type { Pixels } from "@/lib/light/latlong";
import type { RecordParts } from "@/lib/record";

/** The pixels of a canonical map; undecoded files stay on the platform. */
export function useMap(asset: string | null) {
  return useQuery({
    queryKey: ["environment-map", asset],
    enabled: asset !== null,
    staleTime: Infinity,
    gcTime: 60_000,
    queryFn: async ({ signal }): Promise<Pixels> => {
      const { data, width, height } = new EXRLoader()
        .setDataType(FloatType)
        .parse(await fetchAsset(asset ?? "", signal));
      return { data: data as Float32Array, width: width ?? 0, height: height ?? 0 };
    },
  });
}

/** A dropped .exr or .hdr, made into the canonical map by the platform. */
export function useDropMap() {
  return useMutation({
    mutationFn: async (file: File): Promise<RecordParts["EnvironmentMap"]> => {
      const source = await storeFile(file);
      const made = await body(
        api.POST("/api/v1/assets/{asset_id}/conversions", {
          params: { path: { asset_id: source.id } },
          body: {},
        }),
      );
      const { id, facts } = await verified(made.id);
      const turned = (facts as { world_from_env?: RecordParts["EnvironmentMap"]["world_from_env"] })
        .world_from_env;
      return {
        asset: id,
        exposure_ev: 0,
        colorspace: "lin_rec709",
        hdr: true,
        ...(turned ? { world_from_env: turned } : {}),
      };
    },
  });
}
