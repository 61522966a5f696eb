/** Which frame is shown. Told to who listens, and not through React: playback must not render the editor anew. */
import { useSyncExternalStore } from "react";

type Told = { frame: number; playing: boolean };

export class Playhead {
  private state: Told = { frame: 0, playing: false };
  private readonly listeners = new Set<() => void>();
  private frames = 1;
  private fps = 24;
  private turn = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly get = (): Told => this.state;

  clock(fps: number, frames: number): void {
    [this.fps, this.frames] = [fps, frames];
    if (this.state.frame > frames - 1) this.seek(frames - 1);
  }

  seek(frame: number): void {
    this.tell({ ...this.state, frame: Math.min(Math.max(0, Math.round(frame)), this.frames - 1) });
  }

  toggle(): void {
    if (this.state.playing) this.pause();
    else this.play();
  }

  /** From here, or from the start where the end is shown; round and round. */
  play(): void {
    const first = this.state.frame >= this.frames - 1 ? 0 : this.state.frame;
    const began = performance.now();
    this.tell({ frame: first, playing: true });
    const step = (now: number): void => {
      const frame = Math.floor(first + Math.max(0, now - began) * (this.fps / 1000)) % this.frames;
      if (frame !== this.state.frame) this.tell({ frame, playing: true });
      this.turn = requestAnimationFrame(step);
    };
    this.turn = requestAnimationFrame(step);
  }

  pause(): void {
    cancelAnimationFrame(this.turn);
    if (this.state.playing) this.tell({ ...this.state, playing: false });
  }

  private tell(state: Told): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** What is read from the playhead; React draws anew only where that becomes another value. */
export function usePlayhead<Value extends number | boolean>(
  playhead: Playhead,
  read: (told: Told) => Value,
): Value {
  return useSyncExternalStore(playhead.subscribe, () => read(playhead.get()));
}

export const frameOf = ({ frame }: Told): number => frame;
export const isPlaying = ({ playing }: Told): boolean => playing;
