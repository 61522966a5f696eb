import type { AuditFilter } from "../api/audit";

const ASKED = ["person", "kind", "object", "since", "until"] as const satisfies (keyof AuditFilter)[];
const DAYS: readonly (keyof AuditFilter)[] = ["since", "until"];

/** What the page's address asks for; days are this person's own, from their midnight to the next; what is no day is left out. */
export function askedFor(query: URLSearchParams): AuditFilter {
  const given = ASKED.map((name) => [name, query.get(name) ?? ""] as const).filter(
    ([name, value]) => value && (!DAYS.includes(name) || isDay(value)),
  );
  const filter: AuditFilter = Object.fromEntries(given);
  return {
    ...filter,
    ...(filter.since && { since: midnight(filter.since, 0) }),
    ...(filter.until && { until: midnight(filter.until, 1) }),
  };
}

function isDay(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !isNaN(Date.parse(value));
}

/** The address with one thing asked for otherwise. */
export function asking(query: URLSearchParams, name: keyof AuditFilter, value: string): URLSearchParams {
  const next = new URLSearchParams(query);
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}

function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
