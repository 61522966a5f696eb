import type { Chosen } from "./asked";
import type { Facet } from "./facets";

/** Where the samples are that have these values. */
export function addressOf(facets: Chosen, ...values: [Facet, string][]): string {
  const kept = Object.entries(facets).flatMap(([facet, chosen]) => chosen.map((value) => [facet, value]));
  return `/explore?${new URLSearchParams([...kept, ...values] as string[][])}`;
}
