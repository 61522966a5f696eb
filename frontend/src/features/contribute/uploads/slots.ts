/** So many at a time; the others wait their turn. */
export class Slots {
  private queue: (() => void)[] = [];

  constructor(private free: number) {}

  async run<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((go) => this.queue.push(go));
    try {
      signal.throwIfAborted();
      return await act();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
