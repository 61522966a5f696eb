import { expect, test, vi } from "vitest";

import { hearTime, serverNow } from "./clock";

test("the server's time is told by a clock that is wrong", () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-28T12:00:00Z") });
  hearTime("Sat, 28 Nov 2026 11:38:00 GMT");
  vi.advanceTimersByTime(60_000);
  expect(serverNow()).toBe(Date.parse("2026-11-28T11:39:00Z"));
  hearTime(null);
  hearTime("no date");
  expect(serverNow()).toBe(Date.parse("2026-11-28T11:39:00Z"));
  vi.useRealTimers();
});
