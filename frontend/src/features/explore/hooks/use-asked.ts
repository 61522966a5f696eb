import { useMemo } from "react";
import { useSearchParams } from "react-router";

import { type Asked, askedOf, isAsked, queryOf } from "../model/asked";

/** The search that the address names, and how to go on from it; whatever else the address says stays. */
export function useAsked() {
  const [query, setQuery] = useSearchParams();
  const text = query.toString();
  const asked = useMemo(() => askedOf(new URLSearchParams(text)), [text]);
  const ask = (part: Partial<Asked>) => {
    const next = queryOf({ ...asked, ...part });
    for (const [name, value] of query) if (!isAsked(name)) next.append(name, value);
    setQuery(next, { preventScrollReset: true });
  };
  return { asked, ask, query };
}
