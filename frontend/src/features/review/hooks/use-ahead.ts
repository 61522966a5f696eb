import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { release } from "../api/release-review";
import { takeAhead } from "../api/take-ahead";
import type { ToJudge, Wanted } from "../api/take-review";
import { LINKS_LAST_MS } from "../model/links";
import { preload } from "../model/preload";
import { isPresent } from "./use-lease";

export type Ahead = { review: ToJudge; updatedAt: number };

/** What comes after the shown review, held and loaded beforehand, and given back where this page is left before. */
export function useAhead(wanted: Wanted, shown: string | undefined, active: boolean): () => Ahead | null {
  const client = useQueryClient();
  const ahead = useQuery({
    queryKey: ["reviews", "ahead", wanted.campaign, wanted.batch, shown],
    enabled: active && shown !== undefined,
    queryFn: async () => {
      const review = await takeAhead(wanted);
      if (review) preload(review, client);
      return review;
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchInterval: () => (isPresent() ? LINKS_LAST_MS : false),
  });
  const held = useRef<string | null>(null);
  useEffect(() => {
    held.current = ahead.data?.id ?? null;
  }, [ahead.data]);
  useEffect(() => {
    const giveBack = () => {
      if (held.current) release(held.current).catch(() => undefined); // its lease runs out by itself
      held.current = null;
    };
    addEventListener("pagehide", giveBack);
    return () => {
      removeEventListener("pagehide", giveBack);
      giveBack();
    };
  }, [wanted.campaign, wanted.batch]);

  return () => {
    const { data: review, dataUpdatedAt: updatedAt } = ahead;
    held.current = null;
    return review && Date.now() - updatedAt < LINKS_LAST_MS ? { review, updatedAt } : null;
  };
}
