import type { Reason } from "@/lib/reasons";
import { useState } from "react";

import type { Schemas } from "@/lib/api";

import type { Vote } from "../api/cast-vote";

export type Verdict = Schemas["Verdict"];
export type Judgement = { verdict: Verdict | null; reasons: Reason[]; note: string };

const EMPTY: Judgement = { verdict: null, reasons: [], note: "" };

function place(revision: string): string {
  return `openslate.judgement.${revision}`;
}

function kept(revision: string): Judgement {
  const text = sessionStorage.getItem(place(revision));
  return text ? (JSON.parse(text) as Judgement) : EMPTY;
}

/** What is missing before it can be cast; null when nothing is. */
export function missing({ verdict, reasons, note }: Judgement): "verdict" | "reasons" | "note" | null {
  if (!verdict) return "verdict";
  if (verdict !== "approve" && reasons.length === 0) return "reasons";
  return reasons.includes("other") && !note.trim() ? "note" : null;
}

/** What the server takes: an approval gives no reasons. */
export function voteOf({ verdict, reasons, note }: Judgement): Vote | null {
  return verdict && { verdict, reasons: verdict === "approve" ? [] : reasons, note };
}

/** What is typed about one revision, kept in this tab until it is cast: through a lost lease, session or page. */
export function useJudgement(revision: string) {
  const [judgement, setJudgement] = useState(() => kept(revision));
  const change = (part: Partial<Judgement>) => {
    const next = { ...judgement, ...part };
    sessionStorage.setItem(place(revision), JSON.stringify(next));
    setJudgement(next);
  };
  const toggle = (reason: Reason) => {
    const without = judgement.reasons.filter((one) => one !== reason);
    const chosen = without.length === judgement.reasons.length ? [...without, reason] : without;
    change({ reasons: chosen, verdict: judgement.verdict === "approve" ? null : judgement.verdict });
  };
  const forget = () => sessionStorage.removeItem(place(revision));
  return { judgement, change, toggle, forget };
}
