import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError, Offline } from "@/lib/api";

import { type Backend, DraftKeeper, PAUSE_MS } from "./keeper";
import type { Draft } from "./record";

const FIRST: Draft = { scene: { caption_short: "A harbour" } };
const write = (caption_short: string) => (draft: Draft) => ({
  ...draft,
  scene: { ...draft.scene, caption_short },
});

class Server implements Backend {
  draft: Draft = FIRST;
  version = 1;
  failure: Error | null = null;

  get updated_at() {
    return `2026-11-28T20:00:${String(this.version).padStart(2, "0")}Z`;
  }
  save = vi.fn(async (draft: Draft, seen: string | undefined) => {
    if (this.failure) throw this.failure;
    if (seen !== undefined && seen !== this.updated_at)
      throw new ApiError(409, "draft_changed_elsewhere", "");
    this.draft = draft;
    this.version += 1;
    return { updated_at: this.updated_at, draft_expires_at: null };
  });
  load = async () => ({ draft: this.draft, updated_at: this.updated_at, draft_expires_at: null });
}

describe("DraftKeeper", () => {
  let server: Server;
  const open = () => new DraftKeeper("one", server.draft, server.updated_at, null, server);
  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
    server = new Server();
  });
  afterEach(() => vi.useRealTimers());

  it("saves once typing pauses", async () => {
    const keeper = open();
    keeper.edit("scene.caption_short", write("A harbour at"));
    keeper.edit("scene.caption_short", write("A harbour at dawn"));
    expect(keeper.snapshot.state).toBe("unsaved");
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(server.save).toHaveBeenCalledTimes(1);
    expect(server.draft.scene?.caption_short).toBe("A harbour at dawn");
    expect(keeper.snapshot.state).toBe("saved");
    expect(localStorage).toHaveLength(0);
  });

  it("undoes the changes of one field together", () => {
    const keeper = open();
    keeper.edit("scene.caption_short", write("A"));
    keeper.edit("scene.caption_short", write("Another"));
    keeper.undo();
    expect(keeper.snapshot.draft).toEqual(FIRST);
    expect(keeper.snapshot.canUndo).toBe(false);
  });

  it("keeps what was typed over a reload without network, and sends it then", async () => {
    server.failure = new Offline();
    const keeper = open();
    keeper.edit("scene.caption_short", write("Typed offline"));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(keeper.snapshot.state).toBe("waiting");
    server.failure = null;
    const reloaded = open();
    expect(reloaded.snapshot.draft.scene?.caption_short).toBe("Typed offline");
    await vi.advanceTimersByTimeAsync(0);
    expect(server.draft.scene?.caption_short).toBe("Typed offline");
  });

  it("keeps what was typed when the session has ended", async () => {
    server.failure = new ApiError(403, "not_authenticated", "");
    const keeper = open();
    keeper.edit("scene.caption_short", write("Typed too late"));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(keeper.snapshot.state).toBe("signed_out");
    expect(localStorage.getItem("openslate.draft.one")).toContain("Typed too late");

    server.failure = null;
    keeper.meet(server.draft, server.updated_at);
    await vi.advanceTimersByTimeAsync(0);
    expect(keeper.snapshot.state).toBe("saved");
    expect(server.draft.scene?.caption_short).toBe("Typed too late");
  });

  it.each([
    ["mine", "From this window"],
    ["theirs", "From the other"],
  ] as const)("asks which of two windows' drafts to keep: %s", async (choice, kept) => {
    const [one, other] = [open(), new DraftKeeper("one", server.draft, server.updated_at, null, server)];
    other.edit("scene.caption_short", write("From the other"));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    one.edit("scene.caption_short", write("From this window"));
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(one.snapshot.state).toBe("conflict");
    expect(server.draft.scene?.caption_short).toBe("From the other");
    await one.settle(choice);
    expect(one.snapshot.draft.scene?.caption_short).toBe(kept);
    expect(server.draft.scene?.caption_short).toBe(kept);
  });

  it("takes its own draft, of which only the answer was lost, for no other window's", async () => {
    const keeper = open();
    keeper.edit("scene.caption_short", write("Arrived"));
    server.save.mockImplementationOnce(async (draft) => {
      server.draft = draft;
      server.version += 1;
      throw new Offline();
    });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(keeper.snapshot.state).toBe("saved");
  });
});
