/** A batch in figures. */
import type { Upload } from "./uploader";

export function totals(uploads: readonly Upload[]) {
  const sum = { done: 0, sent: 0, size: 0, going: 0, paused: 0, stuck: 0 };
  for (const { state, sent, size } of uploads) {
    sum.sent += sent;
    sum.size += size;
    if (state === "sent") sum.done += 1;
    else if (state === "paused") sum.paused += 1;
    else if (state === "failed" || state === "lost") sum.stuck += 1;
    else sum.going += 1;
  }
  return sum;
}
