/** What is looked for, as the page's address says it: the API's own names, so that a search can be sent to others. */
import { type Facet, FACETS, isFacet } from "./facets";

export type Chosen = Partial<Record<Facet, string[]>>;
/** What narrows, whatever the order comes from. */
export type Narrowing = { facets: Chosen; minQuality: number };
export type Asked = Narrowing & {
  words: string;
  /** A picture of one's own, stored: what looks like it comes first. */
  image: string;
  /** A sample: what looks like it comes first. */
  like: string;
  newest: boolean;
};

const OTHERS = new Set(["q", "image", "like", "sort", "min_quality"]);

/** Whether a name in an address belongs to the search. */
export function isAsked(name: string): boolean {
  return OTHERS.has(name) || isFacet(name);
}

export function askedOf(query: URLSearchParams): Asked {
  const facets: Chosen = {};
  for (const facet of FACETS) {
    const values = query.getAll(facet);
    if (values.length > 0) facets[facet] = values;
  }
  const quality = Number(query.get("min_quality"));
  return {
    words: query.get("q") ?? "",
    image: query.get("image") ?? "",
    like: query.get("like") ?? "",
    newest: query.get("sort") === "newest",
    facets,
    minQuality: quality > 0 && quality <= 1 ? quality : 0,
  };
}

export function queryOf(asked: Asked): URLSearchParams {
  const query = new URLSearchParams();
  if (asked.words) query.set("q", asked.words);
  if (asked.image) query.set("image", asked.image);
  if (asked.like) query.set("like", asked.like);
  if (asked.newest) query.set("sort", "newest");
  for (const facet of FACETS) for (const value of asked.facets[facet] ?? []) query.append(facet, value);
  if (asked.minQuality) query.set("min_quality", String(asked.minQuality));
  return query;
}

/** The same as a filter in a body: it narrows, and says nothing of words or likeness. */
export function filterOf({ facets, minQuality }: Narrowing) {
  const some = Object.keys(facets).length > 0;
  return {
    ...(some && { facets: facets as Record<string, string[]> }),
    ...(minQuality > 0 && { min_quality: minQuality }),
  };
}

/** The same behind the question mark. */
export function narrowing({ facets, minQuality }: Narrowing) {
  return { ...facets, ...(minQuality > 0 && { min_quality: minQuality }) };
}

export function narrows({ facets, minQuality }: Narrowing): boolean {
  return Object.keys(facets).length > 0 || minQuality > 0;
}

/** With the value where it was not asked for, without it where it was. */
export function toggled(facets: Chosen, facet: Facet, value: string): Chosen {
  const values = facets[facet] ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  const { [facet]: _before, ...others } = facets;
  return next.length > 0 ? { ...others, [facet]: next } : others;
}
