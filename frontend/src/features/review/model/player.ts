/** Frame-exact control of a clip of constant frame rate, or of a sound on the same timeline.

Frame n is on screen from n/fps to (n+1)/fps; seeking aims at its middle, so that rounding never shows a neighbour. */

type Media = HTMLVideoElement | HTMLAudioElement;
export type Loop = { in: number | null; out: number | null };
export type State = { frame: number; playing: boolean; rate: number; loop: Loop };

const FASTEST = 8;
const AT_REST: State = { frame: 0, playing: false, rate: 0, loop: { in: null, out: null } };

export class Player {
  private media: Media | null = null;
  private listeners = new Set<() => void>();
  private reversing = 0;
  state = AT_REST;

  constructor(
    readonly fps: number,
    readonly frames: number,
  ) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  snapshot = () => this.state;

  /** For React's `ref`; what it returns detaches. */
  attach = (media: Media | null) => {
    if (!media) return;
    this.media = media;
    const events = new AbortController();
    const on = (name: string, heard: () => void) =>
      media.addEventListener(name, heard, { signal: events.signal });
    on("play", () => this.set({ playing: true, rate: media.playbackRate }));
    on("pause", () => !this.reversing && this.set({ playing: false, rate: 0 }));
    on("ended", () => this.state.loop.in !== null && this.restart());
    on("seeked", () => this.arrived(media.currentTime));
    this.follow(media, events.signal);
    return () => {
      this.stopReverse();
      events.abort();
      this.media = null;
    };
  };

  toggle = () => (this.state.playing ? this.pause() : this.play(1));

  pause = () => {
    this.stopReverse();
    this.media?.pause();
    this.set({ playing: false, rate: 0 });
  };

  /** L: forward, twice as fast at each press; J: the same backwards. */
  shuttle = (direction: 1 | -1) => {
    const { rate } = this.state;
    const faster = Math.sign(rate) === direction ? Math.min(FASTEST, Math.abs(rate) * 2) : 1;
    if (direction === 1) this.play(faster);
    else this.reverse(faster);
  };

  step = (frames: number) => {
    this.pause();
    this.seek(this.state.frame + frames);
  };

  seek = (frame: number) => {
    const wanted = Math.min(this.frames - 1, Math.max(0, Math.round(frame)));
    if (this.media) this.media.currentTime = (wanted + 0.5) / this.fps;
    this.set({ frame: wanted });
  };

  seekTime = (seconds: number) => this.seek(Math.floor(seconds * this.fps + 1e-6));

  mute = () => {
    if (this.media) this.media.muted = !this.media.muted;
  };

  /** Set here the end that is named; set again at the same frame it is taken away. */
  mark = (end: keyof Loop) => {
    const { frame, loop } = this.state;
    const next = { ...loop, [end]: loop[end] === frame ? null : frame };
    if (next.in !== null && next.out !== null && next.in > next.out) next[end === "in" ? "out" : "in"] = null;
    this.set({ loop: next });
  };

  private play(rate: number): void {
    this.stopReverse();
    if (!this.media) return;
    if (this.state.frame >= this.frames - 1) this.seek(this.state.loop.in ?? 0);
    this.media.playbackRate = rate;
    this.set({ playing: true, rate });
    this.media.play().catch(() => this.set({ playing: false, rate: 0 })); // a second press may interrupt the start
  }

  private reverse(rate: number): void {
    this.stopReverse();
    this.reversing = window.setInterval(() => this.back(), 1000 / this.fps / rate);
    this.media?.pause();
    this.set({ playing: true, rate: -rate });
  }

  private back(): void {
    if (this.state.frame <= (this.state.loop.in ?? 0)) this.pause();
    else this.seek(this.state.frame - 1);
  }

  private stopReverse(): void {
    window.clearInterval(this.reversing);
    this.reversing = 0;
  }

  private restart(): void {
    this.seek(this.state.loop.in ?? 0);
    if (this.state.rate > 0 || this.media?.ended) this.play(Math.max(1, this.state.rate));
  }

  private follow(media: Media, signal: AbortSignal): void {
    if (media instanceof HTMLVideoElement && "requestVideoFrameCallback" in media) {
      const shown: VideoFrameRequestCallback = (_, { mediaTime }) => {
        if (signal.aborted) return;
        this.arrived(mediaTime);
        media.requestVideoFrameCallback(shown);
      };
      media.requestVideoFrameCallback(shown);
    } else {
      const look = () => {
        if (signal.aborted) return;
        if (!media.paused) this.arrived(media.currentTime);
        requestAnimationFrame(look);
      };
      look();
    }
  }

  private arrived(seconds: number): void {
    const frame = Math.min(this.frames - 1, Math.floor(seconds * this.fps + 1e-3));
    if (frame !== this.state.frame) this.set({ frame });
    const { out } = this.state.loop;
    if (out !== null && this.state.rate > 0 && frame >= out) this.restart();
  }

  private set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
