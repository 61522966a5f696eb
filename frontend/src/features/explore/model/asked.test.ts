import { expect, test } from "vitest";

import { askedOf, filterOf, narrows, queryOf, toggled } from "./asked";

const ADDRESS = "q=red+ball&movement=dolly_in&movement=pan_left&weather=rain&min_quality=0.6";

test("a search survives being an address", () => {
  const asked = askedOf(new URLSearchParams(ADDRESS));
  expect(asked.facets).toEqual({ movement: ["dolly_in", "pan_left"], weather: ["rain"] });
  expect(queryOf(asked).toString()).toBe(ADDRESS);
  expect(filterOf(asked)).toEqual({
    facets: { movement: ["dolly_in", "pan_left"], weather: ["rain"] },
    min_quality: 0.6,
  });
});

test("nonsense in an address is not asked for", () => {
  const asked = askedOf(new URLSearchParams("shape=round&min_quality=lots&sort=odd"));
  expect(queryOf(asked).toString()).toBe("");
  expect(narrows(asked)).toBe(false);
  expect(filterOf(asked)).toEqual({});
});

test("a value is put and taken away again; a facet without values is none", () => {
  const one = toggled({}, "light", "tungsten");
  expect(one).toEqual({ light: ["tungsten"] });
  expect(toggled(toggled(one, "light", "daylight"), "light", "tungsten")).toEqual({ light: ["daylight"] });
  expect(toggled(one, "light", "tungsten")).toEqual({});
});
