import { useEffect, useState } from "react";

import { ApiError } from "@/lib/api";
import { serverNow } from "@/lib/clock";

import { keepLease } from "../api/keep-lease";
import type { ToJudge } from "../api/take-review";

const BEAT_MS = 120_000;
/** Whoever has not touched the page for so long has left: the lease runs out, and others get the work. */
const AWAY_MS = 300_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

let touchedAt = Date.now();

function touch(): void {
  touchedAt = Date.now();
}

/** Whether somebody was at the desk within the last minutes. */
export function isPresent(): boolean {
  return Date.now() - touchedAt < AWAY_MS;
}

type Lease = { secondsLeft: number; lost: boolean; setLost: (lost: boolean) => void };

/** Counts the lease down, and renews it while somebody is at the page. */
export function useLease(review: ToJudge): Lease {
  const [renewed, setRenewed] = useState(0);
  const [now, setNow] = useState(serverNow);
  const [refused, setRefused] = useState(false);

  useEffect(() => {
    touch();
    const signs = new AbortController();
    for (const sign of SIGNS) addEventListener(sign, touch, { passive: true, signal: signs.signal });
    const clock = setInterval(() => setNow(serverNow()), 1000);
    const beat = setInterval(() => {
      if (!isPresent()) return;
      keepLease(review.id).then(
        (end) => setRenewed(Date.parse(end)),
        // The connection may come back in time; only the server's word ends the lease.
        (error: unknown) => setRefused(error instanceof ApiError && error.code === "lease_expired"),
      );
    }, BEAT_MS);
    return () => {
      clearInterval(clock);
      clearInterval(beat);
      signs.abort();
    };
  }, [review.id]);

  const until = Math.max(renewed, Date.parse(review.leased_until));
  const secondsLeft = Math.max(0, Math.round((until - now) / 1000));
  return { secondsLeft, lost: refused || secondsLeft === 0, setLost: setRefused };
}
