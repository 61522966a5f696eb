import { expect, test } from "vitest";

import { duration } from "./format";

test("a stretch of time has its two greatest units", () => {
  expect(duration(4 * 3600 + 62, "en")).toBe("4 hr 1 min");
  expect(duration(3600, "en")).toBe("1 hr");
  expect(duration(95.4, "en")).toBe("1 min 35 sec");
  expect(duration(0, "en")).toBe("0 sec");
});
