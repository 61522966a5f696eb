/** Going on after what passes by itself: a lost network, a server that restarts, a limit for the minute. */
import { ApiError, Offline } from "@/lib/api";

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
const PASSING = [408, 425, 429, 500, 502, 503, 504];

export function isPassing(error: unknown): boolean {
  return error instanceof Offline || (error instanceof ApiError && PASSING.includes(error.status));
}

/** How long to wait after so many failures in a row, in ms; `share` in [0, 1) spreads the crowd. */
export function pauseAfter(failures: number, share: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * (0.5 + share / 2);
}

/** Resolves after `ms`, or at once when the network is back. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", stop);
      resolve();
    };
    const stop = () => {
      done();
      reject(signal.reason as Error);
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
    signal.addEventListener("abort", stop);
  });
}

/** The result of `act`, tried until it comes or fails for good. `onWaiting` hears when it waits and when it goes on. */
export async function patiently<T>(
  act: () => Promise<T>,
  onWaiting: (waits: boolean) => void,
  signal: AbortSignal,
): Promise<T> {
  for (let failures = 0; ;) {
    try {
      signal.throwIfAborted();
      const result = await act();
      if (failures) onWaiting(false);
      return result;
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
      failures += 1;
      onWaiting(true);
      const asked = error instanceof ApiError && error.retryAfterS ? error.retryAfterS * 1000 : 0;
      await rest(Math.max(asked, pauseAfter(failures, Math.random())), signal);
    }
  }
}
