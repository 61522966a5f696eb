/** What is wrong on the platform now, the worst first, each with what to do about it. */
import type { Operations } from "../api/operations";

export type Trouble = {
  kind: "service" | "broker" | "unserved" | "failed" | "late" | "retried";
  /** What it is about: a service's name, a worker's queue, or a queue of rows. */
  about: string;
  bad: boolean;
  count?: number;
  seconds?: number;
  said?: string;
};

const [MINUTE_S, HOUR_S] = [60, 3600];
/** Longer than this nothing should wait; what takes hours anyway is given more. */
const PATIENCE_S: Record<string, number> = {
  versions: HOUR_S,
  export_shards: HOUR_S,
  runs: 24 * HOUR_S,
  generations: 6 * HOUR_S,
};
const USUAL_S = 15 * MINUTE_S;

export function troublesOf({ queues, workers, unserved, services }: Operations): Trouble[] {
  const silent = services.filter((service) => !service.answers);
  return [
    ...silent.map(({ name, problem }) => ({
      kind: "service" as const,
      about: name,
      bad: true,
      said: problem,
    })),
    ...(workers === null ? [{ kind: "broker" as const, about: "broker", bad: true }] : []),
    // where the broker is silent nobody knows who works
    ...(workers === null ? [] : unserved.map((about) => ({ kind: "unserved" as const, about, bad: true }))),
    ...queues
      .filter(({ failed }) => failed > 0)
      .map(({ name, failed }) => ({ kind: "failed" as const, about: name, bad: false, count: failed })),
    ...queues
      .filter(({ name, oldest_s: oldest }) => (oldest ?? 0) > (PATIENCE_S[name] ?? USUAL_S))
      .map(({ name, oldest_s: oldest }) => ({
        ...{ kind: "late" as const, about: name, bad: false },
        seconds: oldest ?? 0,
      })),
    ...queues
      .filter(({ retried }) => retried > 0)
      .map(({ name, retried }) => ({ kind: "retried" as const, about: name, bad: false, count: retried })),
  ];
}
