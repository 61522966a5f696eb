import { keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

import { type Chosen, type Narrowing, narrowing } from "../model/asked";
import type { Facet } from "../model/facets";

export type Count = Schemas["FacetCountOutput"];

function countQuery(asked: Narrowing) {
  const query = narrowing(asked);
  return queryOptions({
    queryKey: ["samples", "counts", query],
    queryFn: ({ signal }) => body(api.GET("/api/v1/samples/facets", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** How many samples fit, by facet and value. */
export function useCounts(facets: Chosen, minQuality = 0) {
  return useQuery(countQuery({ facets, minQuality }));
}

/** The counts of each chosen facet as if it were not: how many there would be of another of its values. */
export function useOwnCounts({ facets, minQuality }: Narrowing): Partial<Record<Facet, Count[]>> {
  const names = Object.keys(facets) as Facet[];
  const found = useQueries({
    queries: names.map((name) => {
      const { [name]: _own, ...others } = facets;
      return countQuery({ facets: others, minQuality });
    }),
  });
  return Object.fromEntries(names.map((name, at) => [name, found[at]?.data?.facets[name]]));
}
