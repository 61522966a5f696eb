/** Keeps one draft: what is typed is on this device at once, and on the server a moment later. */
import { ApiError, Offline } from "@/lib/api";

import { type Draft, prunedDraft, same } from "./record";

/**
 * `unsaved` waits for a pause in typing; `waiting` for the network, `signed_out` for the person, `conflict` for their
 * choice between this and another window's draft; `refused` will not be sent again before something changes.
 */
export type SaveState = "saved" | "unsaved" | "saving" | "waiting" | "signed_out" | "conflict" | "refused";

export type Snapshot = {
  draft: Draft;
  state: SaveState;
  error: unknown;
  canUndo: boolean;
  savedAt: string;
  expiresAt: string | null;
};
type Stored = { updated_at: string; draft_expires_at: string | null };
type Kept = { draft: Draft; seen: string };
export type Backend = {
  /** Stores the draft unless another one than `seen` is there; without `seen` whatever is there. */
  save: (draft: Draft, seen: string | undefined) => Promise<Stored>;
  load: () => Promise<Stored & { draft: Draft }>;
};

export const PAUSE_MS = 900;
const RETRY_MS = 5_000;
const UNDO_STEPS = 100;

export class DraftKeeper {
  snapshot: Snapshot;
  private past: { draft: Draft; field: string }[] = [];
  private listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly key: string;

  constructor(
    readonly submissionId: string,
    draft: Draft,
    private seen: string,
    expiresAt: string | null,
    private readonly backend: Backend,
  ) {
    this.key = `openslate.draft.${submissionId}`;
    const kept = this.kept();
    const isNews = kept !== null && !same(kept.draft, draft);
    this.snapshot = {
      draft: isNews ? kept.draft : draft,
      state: !isNews ? "saved" : kept.seen === seen ? "unsaved" : "conflict",
      error: null,
      canUndo: false,
      savedAt: seen,
      expiresAt,
    };
    if (this.snapshot.state === "unsaved") this.saveIn(0);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** `field` names what is changed: changes of one field in a row are undone together. */
  edit(field: string, change: (draft: Draft) => Draft): void {
    const { draft } = this.snapshot;
    const next = change(draft);
    if (next === draft) return;
    if (this.past.at(-1)?.field !== field) this.past = [...this.past, { draft, field }].slice(-UNDO_STEPS);
    this.take(next);
  }

  undo(): void {
    const last = this.past.pop();
    if (last) this.take(last.draft);
  }

  /**
   * The server's draft, read again: newer than this window's and nothing typed here since, it is taken over.
   * That it could be read also tells that the person is signed in again: what was kept meanwhile is sent.
   */
  meet(draft: Draft, updated_at: string): void {
    if (this.snapshot.state === "signed_out") return this.saveIn(0);
    if (this.snapshot.state !== "saved" || updated_at <= this.seen) return;
    this.seen = updated_at;
    if (same(draft, this.snapshot.draft)) return;
    this.past = [];
    this.show({ draft, savedAt: updated_at, canUndo: false });
  }

  /** Ends the run of changes that are undone together. */
  seal(): void {
    const last = this.past.at(-1);
    if (last) last.field = "";
  }

  async save(): Promise<void> {
    clearTimeout(this.timer);
    if (!["unsaved", "waiting", "signed_out", "refused"].includes(this.snapshot.state)) return;
    const { draft } = this.snapshot;
    this.show({ state: "saving" });
    try {
      const { updated_at, draft_expires_at } = await this.backend.save(prunedDraft(draft), this.seen);
      this.seen = updated_at;
      const changedMeanwhile = this.snapshot.draft !== draft;
      this.show({
        state: changedMeanwhile ? "unsaved" : "saved",
        error: null,
        savedAt: updated_at,
        expiresAt: draft_expires_at,
      });
      if (changedMeanwhile) this.keep();
      else localStorage.removeItem(this.key);
      if (changedMeanwhile) this.saveIn(PAUSE_MS);
    } catch (error) {
      await this.fail(error, draft);
    }
  }

  /** After a conflict: this window's draft over the other's, or the other's in place of this one. */
  async settle(choice: "mine" | "theirs"): Promise<void> {
    const theirs = await this.backend.load();
    this.seen = theirs.updated_at;
    if (choice === "mine") {
      this.show({ state: "unsaved", error: null });
      this.keep();
      return this.save();
    }
    this.past = [];
    localStorage.removeItem(this.key);
    this.show({
      draft: theirs.draft,
      state: "saved",
      error: null,
      savedAt: theirs.updated_at,
      canUndo: false,
    });
  }

  /** Nothing is sent any more: it was submitted or thrown away. */
  close(): void {
    clearTimeout(this.timer);
    localStorage.removeItem(this.key);
  }

  private take(draft: Draft): void {
    const waits = this.snapshot.state === "conflict" || this.snapshot.state === "saving";
    this.show({ draft, canUndo: this.past.length > 0, ...(waits ? {} : { state: "unsaved", error: null }) });
    this.keep();
    if (!waits) this.saveIn(PAUSE_MS);
  }

  private async fail(error: unknown, sent: Draft): Promise<void> {
    const code = error instanceof ApiError ? error.code : "";
    if (code === "draft_changed_elsewhere") return this.compare(error, sent);
    if (error instanceof ApiError && (error.status === 401 || code === "not_authenticated"))
      return this.show({ state: "signed_out", error });
    if (error instanceof ApiError && error.status < 500 && error.status !== 429)
      return this.show({ state: "refused", error });
    this.show({ state: "waiting", error: error instanceof Offline ? null : error });
    this.saveIn(RETRY_MS);
  }

  /** What seems another window's draft may be this one's, of which only the answer was lost. */
  private async compare(error: unknown, sent: Draft): Promise<void> {
    const theirs = await this.backend.load().catch(() => null);
    if (!theirs || !same(theirs.draft, sent)) return this.show({ state: "conflict", error });
    this.seen = theirs.updated_at;
    this.show({ state: "unsaved", error: null, savedAt: theirs.updated_at });
    this.saveIn(0);
  }

  private saveIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), ms);
  }

  private show(change: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener();
  }

  private keep(): void {
    try {
      localStorage.setItem(
        this.key,
        JSON.stringify({ draft: this.snapshot.draft, seen: this.seen } satisfies Kept),
      );
    } catch {
      // The device has no room for it: the server's copy is the only one then.
    }
  }

  private kept(): Kept | null {
    const text = localStorage.getItem(this.key);
    return text ? (JSON.parse(text) as Kept) : null;
  }
}
