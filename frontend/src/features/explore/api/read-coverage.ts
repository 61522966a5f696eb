import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

import type { Chosen } from "../model/asked";
import type { Facet } from "../model/facets";

export type Coverage = Schemas["CoverageOutput"];

/** Two facets crossed, and of which pairs there is least. */
export function useCoverage(x: Facet, y: Facet, facets: Chosen) {
  const query = { ...facets, x, y };
  return useQuery({
    queryKey: ["samples", "coverage", query],
    queryFn: ({ signal }) => body(api.GET("/api/v1/samples/coverage", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}
