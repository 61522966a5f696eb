import { useEffect, useState } from "react";

const LATEST_MS = 600;
const NEXT_MS = 120; // where the browser cannot say when it is idle

/** True once what is on the screen has been drawn and the browser has time for what may come later. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const done = () => setIdle(true);
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(done, NEXT_MS);
      return () => clearTimeout(timer);
    }
    const asked = requestIdleCallback(done, { timeout: LATEST_MS });
    return () => cancelIdleCallback(asked);
  }, []);
  return idle;
}
