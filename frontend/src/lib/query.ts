/** Server state: one client, the polling beat of live views, and pages of a list. */
import { QueryClient } from "@tanstack/react-query";

import { ApiError, Offline } from "./api";

/** Live views ask every two seconds; the server answers 304 while nothing has changed. */
export const LIVE_MS = 2000;

const ATTEMPTS = 3;

function retry(failures: number, error: Error): boolean {
  const passing =
    error instanceof Offline || (error instanceof ApiError && [429, 502, 503, 504].includes(error.status));
  return passing && failures < ATTEMPTS;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry, staleTime: 10_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});

type Page<T> = { results: T[]; next?: string | null };

/** For `useInfiniteQuery`: the cursor of the next page, out of the link that the server gives. */
export function nextCursor(page: Page<unknown>): string | undefined {
  return (page.next && new URL(page.next, location.origin).searchParams.get("cursor")) || undefined;
}

export function flatten<T>(data: { pages: Page<T>[] } | undefined): T[] {
  return data?.pages.flatMap((page) => page.results) ?? [];
}
