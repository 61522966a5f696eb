import { expect, test } from "vitest";

import { smpte } from "./timecode";

test("frames are counted at the rounded rate", () => {
  expect(smpte(0, 24)).toBe("00:00:00:00");
  expect(smpte(75, 24)).toBe("00:00:03:03");
  expect(smpte(30 * 3600, 30000 / 1001)).toBe("01:00:00:00");
});
