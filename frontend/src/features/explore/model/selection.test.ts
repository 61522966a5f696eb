import { expect, test } from "vitest";

import { NOTHING_MORE, selectionOf } from "./selection";

test("what is left out does not narrow", () => {
  expect(selectionOf({ ...NOTHING_MORE, facets: {}, ids: [] })).toEqual({});
});

test("a search and what was picked by hand are said together", () => {
  const asked = { ...NOTHING_MORE, minQuality: 0.5, facets: { weather: ["rain"] }, ids: ["a"] };
  expect(selectionOf(asked)).toEqual({
    min_quality: 0.5,
    ids: ["a"],
    filter: { facets: { weather: ["rain"] } },
  });
});
