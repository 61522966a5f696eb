import { expect, it } from "vitest";

import type { Operations } from "../api/operations";
import { troublesOf } from "./troubles";

const QUEUE = {
  name: "submissions",
  worker: "score",
  waiting: 0,
  held: 0,
  retried: 0,
  failed: 0,
  oldest_s: null,
};
const WELL: Operations = {
  queues: [QUEUE],
  workers: [{ name: "models@host", queues: ["score"] }],
  unserved: [],
  services: [{ name: "database", answers: true, seconds: 0.001, problem: "" }],
};

it("finds nothing where all is well", () => {
  expect(troublesOf(WELL)).toEqual([]);
});

it("names what does not answer before what only waits", () => {
  const found = troublesOf({
    ...WELL,
    unserved: ["score"],
    queues: [{ ...QUEUE, waiting: 3, failed: 2, retried: 1, oldest_s: 3600 }],
    services: [{ name: "storage", answers: false, seconds: 1, problem: "refused" }],
  });
  expect(found.map(({ kind, bad }) => [kind, bad])).toEqual([
    ["service", true],
    ["unserved", true],
    ["failed", false],
    ["late", false],
    ["retried", false],
  ]);
});

it("gives training the hours that it takes", () => {
  const run = { ...QUEUE, name: "runs", oldest_s: 5 * 3600 };
  expect(troublesOf({ ...WELL, queues: [run] })).toEqual([]);
});

it("blames no worker while the broker is silent", () => {
  const found = troublesOf({ ...WELL, workers: null, unserved: ["score"] });
  expect(found.map(({ kind }) => kind)).toEqual(["broker"]);
});
