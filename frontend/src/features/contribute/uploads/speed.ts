/** How fast bytes go, over the last few seconds. */
const WINDOW_MS = 6_000;

export class Speed {
  private marks: { at: number; bytes: number }[] = [];

  add(bytes: number, at: number): void {
    this.marks.push({ at, bytes });
    this.marks = this.marks.filter((mark) => mark.at > at - WINDOW_MS);
  }

  /** Bytes per second; 0 while nothing was sent. */
  at(now: number): number {
    const recent = this.marks.filter((mark) => mark.at > now - WINDOW_MS);
    const first = recent[0];
    if (!first) return 0;
    const total = recent.reduce((sum, mark) => sum + mark.bytes, 0);
    return (total * 1000) / Math.max(1_000, now - first.at);
  }
}
