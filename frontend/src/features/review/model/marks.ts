/** How long a reviewer waits for the next item, as the browser's performance timeline keeps it. */
const DECIDED = "review:decided";
const NEXT_SHOWN = "review:next-shown";

export function markDecided(): void {
  performance.mark(DECIDED);
}

/** Call it when an item has been drawn: measures from the decision on the one before, where there was one. */
export function markShown(): void {
  if (performance.getEntriesByName(DECIDED).length === 0) return;
  performance.measure(NEXT_SHOWN, DECIDED);
  performance.clearMarks(DECIDED);
}
