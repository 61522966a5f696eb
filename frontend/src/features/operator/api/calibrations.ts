import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Calibration = Schemas["CalibrationOutput"];

export function useCalibrations() {
  return useInfiniteQuery({
    queryKey: ["calibrations"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/v1/calibrations", { params: { query: { cursor: pageParam, page_size: 50 } }, signal }),
      ),
    getNextPageParam: nextCursor,
  });
}

/** A link to the reliability diagram as it was drawn when the curve was derived; good for five minutes. */
export function useDiagram(calibration: Calibration) {
  return useQuery({
    queryKey: ["calibrations", calibration.id, "diagram"],
    enabled: calibration.has_diagram,
    staleTime: 4 * 60_000,
    queryFn: async ({ signal }) =>
      (
        await body(
          api.GET("/api/v1/calibrations/{calibration_id}/diagram", {
            params: { path: { calibration_id: calibration.id } },
            signal,
          }),
        )
      ).url,
  });
}
