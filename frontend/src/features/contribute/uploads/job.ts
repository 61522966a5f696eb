/** One file on its way: announced, its missing parts sent three at a time, joined. It can be stopped and go on. */
import type { Schemas } from "@/lib/api";
import { ApiError } from "@/lib/api";

import { announce, arrivedParts, assetOf, complete, partLinks } from "../api/upload-protocol";
import { patiently } from "./patience";
import type { Slots } from "./slots";
import { putPart } from "./storage";

type Asset = Schemas["AssetOutput"];

const LINKS_AT_ONCE = 20;
const LINK_TRIES = 3;

export type JobEvents = {
  onAnnounced: (asset: Asset) => void;
  /** Bytes that storage has or is being sent, and how many of them are new since the last call. */
  onSent: (bytes: number, fresh: number) => void;
  onWaiting: (waits: boolean) => void;
};

export class Job {
  private links = new Map<number, string>();
  private inFlight = new Map<number, number>();
  private settled = 0;
  private told = 0;

  constructor(
    private readonly file: File,
    private readonly slots: Slots,
    private readonly events: JobEvents,
    private readonly signal: AbortSignal,
  ) {}

  /** Sends the file; `assetId` is that of an upload begun earlier. */
  async run(assetId: string | null): Promise<void> {
    const asset = await this.try(() =>
      assetId ? assetOf(assetId, this.signal) : announce(this.file, this.signal),
    );
    this.events.onAnnounced(asset);
    if (asset.status !== "uploading") return;
    const missing = await this.missing(asset, assetId !== null);
    await Promise.all(
      missing.map((number) => this.slots.run(() => this.send(asset, number, missing), this.signal)),
    );
    await this.try(() => complete(asset.id, this.signal));
  }

  private async missing(asset: Asset, resumed: boolean): Promise<number[]> {
    const arrived = resumed ? await this.try(() => arrivedParts(asset.id, this.signal)) : [];
    this.settled = arrived.reduce((sum, { size }) => sum + size, 0);
    this.told = this.settled;
    this.events.onSent(this.settled, 0);
    const there = new Set(arrived.map(({ number }) => number));
    return Array.from({ length: asset.part_count }, (_, part) => part + 1).filter(
      (number) => !there.has(number),
    );
  }

  private async send(asset: Asset, number: number, missing: number[]): Promise<void> {
    const part = this.file.slice((number - 1) * asset.part_size, number * asset.part_size);
    for (let tries = 1; ; tries += 1) {
      try {
        await this.try(async () =>
          putPart(await this.link(asset, number, missing), part, this.progress(number), this.signal),
        );
        break;
      } catch (error) {
        const isStale = error instanceof ApiError && error.status === 403 && tries < LINK_TRIES;
        if (!isStale) throw error;
        this.links.clear();
      }
    }
    this.settled += part.size;
    this.inFlight.delete(number);
    this.tell();
  }

  private async link(asset: Asset, number: number, missing: number[]): Promise<string> {
    const known = this.links.get(number);
    if (known) return known;
    const from = missing.indexOf(number);
    const found = await partLinks(asset.id, missing.slice(from, from + LINKS_AT_ONCE), this.signal);
    for (const [part, url] of found) this.links.set(part, url);
    return found.get(number)!;
  }

  private progress(number: number): (bytes: number) => void {
    return (bytes) => {
      this.inFlight.set(number, bytes);
      this.tell();
    };
  }

  private tell(): void {
    const sent = this.settled + [...this.inFlight.values()].reduce((sum, bytes) => sum + bytes, 0);
    this.events.onSent(sent, Math.max(0, sent - this.told));
    this.told = sent;
  }

  private try<T>(act: () => Promise<T>): Promise<T> {
    return patiently(act, this.events.onWaiting, this.signal);
  }
}
