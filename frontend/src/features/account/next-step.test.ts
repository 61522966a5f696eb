import { expect, it } from "vitest";

import { pageAfter, safeNext } from "./next-step";

it("goes to pages of this app alone", () => {
  expect(safeNext("/work?status=draft")).toBe("/work?status=draft");
  for (const elsewhere of ["//evil.example", "/\\evil.example", "https://evil.example", "", null])
    expect(safeNext(elsewhere)).toBe("/campaigns");
});

it("stops at the step that is due and remembers the way", () => {
  expect(pageAfter("mfa_authenticate", "/work")).toBe("/second-factor?next=%2Fwork");
  expect(pageAfter("verify_email", null)).toBe("/verify-email");
  expect(pageAfter(undefined, "/work")).toBe("/work");
});
