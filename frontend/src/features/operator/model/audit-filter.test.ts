import { expect, test } from "vitest";

import { askedFor, asking } from "./audit-filter";

test("an address without questions asks for everything", () => {
  expect(askedFor(new URLSearchParams("cursor=x&kind="))).toEqual({});
});

test("a day is asked for whole, in the person's own time", () => {
  const filter = askedFor(new URLSearchParams("since=2026-03-01&until=2026-03-01&kind=campaign"));
  expect(filter).toEqual({
    kind: "campaign",
    since: new Date(2026, 2, 1).toISOString(),
    until: new Date(2026, 2, 2).toISOString(),
  });
});

test("what is no day is left out", () => {
  expect(askedFor(new URLSearchParams("since=March 2026&until=2026-13-45&kind=hold"))).toEqual({
    kind: "hold",
  });
});

test("one question changes and the others stay", () => {
  const query = new URLSearchParams("kind=campaign&person=7");
  expect(asking(query, "kind", "review").toString()).toBe("kind=review&person=7");
  expect(asking(query, "person", "").toString()).toBe("kind=campaign");
});
