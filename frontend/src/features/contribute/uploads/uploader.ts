/**
 * All uploads of this window. They go on while one walks between pages, pause and resume, and after a reload wait for
 * their file to be picked again (or take it up by themselves where the browser kept a handle to it).
 *
 * Our own, not Uppy's: its S3 plugin signs S3's own operations for the browser and sends a file's parts one by one;
 * here the platform opens, lists and joins the parts, and three go at once.
 */
import { giveUp } from "../api/upload-protocol";
import { mayRead, reopened } from "./handles";
import { Job } from "./job";
import { allKept, forget, keep, type KeptUpload } from "./kept";
import type { Picked } from "./picking";
import { Slots } from "./slots";
import { Speed } from "./speed";

/** `lost` waits for its file after a reload; `waiting` for the network; `sent` is for the platform to verify. */
export type UploadState = "queued" | "sending" | "waiting" | "paused" | "lost" | "sent" | "failed";

export type Upload = {
  id: string;
  assetId: string | null;
  submissionId: string;
  name: string;
  size: number;
  lastModified: number;
  sent: number;
  state: UploadState;
  error: unknown;
};
export type Uploads = { uploads: readonly Upload[]; speed: number };
type Held = {
  file?: File;
  handle?: FileSystemFileHandle;
  stop?: AbortController;
  onAsset?: (id: string) => void;
};

const FILES_AT_ONCE = 3;
const PARTS_AT_ONCE = 3;
const TOLD_EVERY_MS = 150;

export class Uploader {
  snapshot: Uploads = { uploads: [], speed: 0 };
  private uploads = new Map<string, Upload>();
  private held = new Map<string, Held>();
  private files = new Slots(FILES_AT_ONCE);
  private parts = new Slots(PARTS_AT_ONCE);
  private speed = new Speed();
  private listeners = new Set<() => void>();
  private telling: ReturnType<typeof setTimeout> | undefined;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Begins these files; one that was lost on the way goes on. `onAsset` hears the id that each one gets. */
  add(picked: Picked[], submissionId: string, onAsset: (assetId: string, file: File) => void): void {
    for (const { file, handle } of picked) {
      const lost = [...this.uploads.values()].find((upload) => upload.state === "lost" && isOf(upload, file));
      const { name, size, lastModified } = file;
      const id = lost?.id ?? crypto.randomUUID();
      if (!lost)
        this.put({
          id,
          assetId: null,
          submissionId,
          name,
          size,
          lastModified,
          sent: 0,
          state: "queued",
          error: null,
        });
      this.held.set(id, { file, handle, onAsset: lost ? undefined : (assetId) => onAsset(assetId, file) });
      this.begin(id);
    }
  }

  /** The file of a lost upload, picked again. False where it is another file. */
  attach(id: string, file: File): boolean {
    const upload = this.uploads.get(id);
    if (!upload || !isOf(upload, file)) return false;
    this.held.set(id, { file });
    this.begin(id);
    return true;
  }

  pause(id: string): void {
    this.change(id, { state: "paused" });
    this.held.get(id)?.stop?.abort();
  }

  /** After a pause, a failure, or a reload where the browser kept a handle (it may ask the person). */
  async resume(id: string): Promise<void> {
    const held = this.held.get(id);
    if (held?.file) return this.begin(id);
    const file = held?.handle && (await reopened(held.handle));
    if (file) this.attach(id, file);
  }

  /** Gives the upload up and drops what arrived of it. */
  async cancel(id: string): Promise<void> {
    const upload = this.uploads.get(id);
    this.held.get(id)?.stop?.abort();
    this.drop(id);
    if (!upload?.assetId) return;
    await forget(upload.assetId);
    if (upload.state !== "sent") await giveUp(upload.assetId);
  }

  /** Takes it off the list; what was sent stays sent. */
  drop(id: string): void {
    this.uploads.delete(id);
    this.held.delete(id);
    this.tellSoon();
  }

  hasHandle(id: string): boolean {
    return Boolean(this.held.get(id)?.handle);
  }

  /** What an earlier page left unfinished. Those whose file the browser still lets us read go on at once. */
  async recall(): Promise<void> {
    for (const { handle, ...kept } of await allKept()) {
      if ([...this.uploads.values()].some(({ assetId }) => assetId === kept.assetId)) continue;
      this.put({ ...kept, id: kept.assetId, sent: 0, state: "lost", error: null });
      this.held.set(kept.assetId, { handle });
      if (handle && (await mayRead(handle))) await this.resume(kept.assetId);
    }
  }

  private begin(id: string): void {
    const held = this.held.get(id);
    if (!held?.file) return;
    held.stop?.abort();
    held.stop = new AbortController();
    this.change(id, { state: "queued", error: null });
    const { signal } = held.stop;
    void this.files.run(() => this.send(id, held.file!, signal), signal).catch(() => undefined);
  }

  private async send(id: string, file: File, signal: AbortSignal): Promise<void> {
    this.change(id, { state: "sending" });
    const job = new Job(file, this.parts, this.eventsOf(id), signal);
    try {
      await job.run(this.uploads.get(id)?.assetId ?? null);
      this.change(id, { state: "sent", sent: file.size });
      await forget(this.uploads.get(id)?.assetId ?? "");
    } catch (error) {
      if (!signal.aborted) this.change(id, { state: "failed", error });
    }
  }

  private eventsOf(id: string) {
    return {
      onAnnounced: ({ id: assetId }: { id: string }) => {
        const held = this.held.get(id);
        this.change(id, { assetId });
        held?.onAsset?.(assetId);
        if (held) held.onAsset = undefined;
        const { submissionId, name, size, lastModified } = this.uploads.get(id)!;
        const kept: KeptUpload = { assetId, submissionId, name, size, lastModified };
        void keep(held?.handle ? { ...kept, handle: held.handle } : kept);
      },
      onSent: (sent: number, fresh: number) => {
        this.speed.add(fresh, performance.now());
        this.change(id, { sent });
      },
      onWaiting: (waits: boolean) => this.change(id, { state: waits ? "waiting" : "sending" }),
    };
  }

  private put(upload: Upload): void {
    this.uploads.set(upload.id, upload);
    this.tellSoon();
  }

  private change(id: string, change: Partial<Upload>): void {
    const upload = this.uploads.get(id);
    if (upload) this.put({ ...upload, ...change });
  }

  /** Hundreds of files report every few milliseconds; the screen is told a few times a second. */
  private tellSoon(): void {
    this.telling ??= setTimeout(() => {
      this.telling = undefined;
      const speed = Math.round(this.speed.at(performance.now()));
      this.snapshot = { uploads: [...this.uploads.values()], speed };
      for (const listener of this.listeners) listener();
    }, TOLD_EVERY_MS);
  }
}

export const uploader = new Uploader();

function isOf(upload: Upload, file: File): boolean {
  return upload.name === file.name && upload.size === file.size && upload.lastModified === file.lastModified;
}
