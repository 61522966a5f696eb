import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

import { type Asked, filterOf, narrowing } from "../model/asked";

export type Sample = Schemas["SampleOutput"];
export type SamplePage = Schemas["SamplePageOutput"];

const PAGE = 100;

function search(asked: Asked, cursor: string, signal: AbortSignal): Promise<SamplePage> {
  if (asked.image) {
    const wanted = { asset: asked.image, filter: filterOf(asked), cursor, page_size: PAGE };
    return body(api.POST("/api/v1/samples/by-image", { body: wanted, signal }));
  }
  const query = {
    ...narrowing(asked),
    q: asked.words,
    ...(asked.like && { like: asked.like }),
    ...(asked.newest && { sort: "newest" as const }),
    cursor,
    page_size: PAGE,
  };
  return body(api.GET("/api/v1/samples", { params: { query }, signal }));
}

/** Accepted samples page by page: the likest first where there is something to be like, else the newest. */
export function useSamples(asked: Asked) {
  return useInfiniteQuery({
    queryKey: ["samples", asked],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => search(asked, pageParam, signal),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchOnWindowFocus: false, // reading ten thousand again for a glance is too much; expired links are read one by one
  });
}
