import { describe, expect, it, vi } from "vitest";

import { ApiError, Offline } from "@/lib/api";

import { patiently, pauseAfter } from "./patience";
import { Slots } from "./slots";
import { Speed } from "./speed";

describe("patience", () => {
  it("waits longer after each failure, up to half a minute", () => {
    expect([1, 2, 3, 9].map((failures) => pauseAfter(failures, 1))).toEqual([1000, 2000, 4000, 30_000]);
  });

  it("goes on as soon as the network is back", async () => {
    const act = vi.fn().mockRejectedValueOnce(new Offline()).mockResolvedValue("done");
    const waits: boolean[] = [];
    const result = patiently(act, (waiting) => waits.push(waiting), new AbortController().signal);
    await vi.waitFor(() => expect(waits).toEqual([true]));
    dispatchEvent(new Event("online"));
    expect(await result).toBe("done");
    expect(waits).toEqual([true, false]);
  });

  it("gives up at once on what will not pass", async () => {
    const refused = new ApiError(413, "quota_exceeded", "");
    const act = vi.fn().mockRejectedValue(refused);
    await expect(patiently(act, () => undefined, new AbortController().signal)).rejects.toBe(refused);
    expect(act).toHaveBeenCalledTimes(1);
  });
});

describe("Slots", () => {
  it("runs so many at a time", async () => {
    const slots = new Slots(2);
    let [running, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
    };
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 7 }, () => slots.run(work, signal)));
    expect(most).toBe(2);
  });
});

describe("Speed", () => {
  it("forgets what is long past", () => {
    const speed = new Speed();
    speed.add(1_000_000, 0);
    speed.add(4_000_000, 10_000);
    speed.add(4_000_000, 12_000);
    expect(speed.at(12_000)).toBe(4_000_000);
    expect(speed.at(30_000)).toBe(0);
  });
});
