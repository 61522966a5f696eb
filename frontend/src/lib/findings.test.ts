import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import i18n from "i18next";
import { beforeAll, expect, test } from "vitest";

import { findingText } from "./findings";

const SRC = resolve(import.meta.dirname, "..");

function texts<T>(path: string): T {
  return JSON.parse(readFileSync(resolve(SRC, path), "utf8")) as T;
}

type Said = { message: string; fix: string };
type Codes = {
  errors: Record<string, string>;
  files: string[];
  findings: Record<string, Said>;
  audited: string[];
};
const codes = texts<Codes>("../../docs/reference/codes.json");
const findings = texts<Record<string, Said>>("locales/ar/findings.json");
const errors = texts<Record<string, string>>("locales/ar/errors.json");
const server = texts<Record<string, string>>("locales/ar/server.json");

beforeAll(async () => {
  const resources = { ar: { findings, gates: texts<object>("locales/ar/gates.json") } };
  await i18n.init({ lng: "ar", resources, interpolation: { escapeValue: false } });
});

const UNSAID = ["not_measured"]; // said of any rule, and no rule of its own

test("every finding that a gate can make has its Arabic texts, and there are no others", () => {
  expect(Object.keys(findings).sort()).toEqual([...Object.keys(codes.findings), ...UNSAID].sort());
});

test("what a finding tells in figures is told in Arabic too", () => {
  for (const [code, english] of Object.entries(codes.findings))
    for (const part of ["message", "fix"] as const)
      for (const value of ["measured", "asked"])
        expect([code, findings[code]?.[part].includes(`{{${value}}}`)]).toEqual([
          code,
          english[part].includes(`{${value}}`),
        ]);
});

test("every error and every refusal of a file that the server names has an Arabic text, and there are no others", () => {
  const named = [...Object.keys(codes.errors), ...codes.files];
  expect(named.filter((code) => !(code in errors) && !(code in server))).toEqual([]);
  expect(Object.keys(server).filter((code) => !named.includes(code))).toEqual([]);
});

test("the audit log can be asked for everything that it tells of", () => {
  const { audit } = texts<{ audit: { thing: object } }>("features/operator/locales/en.json");
  expect(Object.keys(audit.thing).sort()).toEqual(codes.audited);
});

test("a finding is told with its figures and units", () => {
  const said = { message: "The clip lasts 0.5 s.", fix: "Contribute a shot of 1 to 60 s." };
  const found = findingText({ code: "clip_too_short", ...said, told: "0.5 s", asked: "1 to 60 s" }, i18n);
  expect(found.message).toContain("0.5");
  expect(found.fix).toContain("60");
  expect(found.told).toBe("0.5 ث");
});

test("bounds are told in words, probabilities as such, and what is not known as the server said it", () => {
  const say = (told: string, asked: string) =>
    findingText({ code: "a_rule_of_ones_own", message: "Odd.", fix: "Mend it.", told, asked }, i18n);
  expect(say("8000 Hz", "at least 16000 Hz").asked).toBe("16000 هرتز على الأقل");
  expect(say("a probability of 0.25", "a probability of at most 0.1").told).toContain("احتمال");
  expect(say("1.2e-07", "exactly 0")).toMatchObject({ told: "1.2e-07", message: "Odd.", fix: "Mend it." });
});
