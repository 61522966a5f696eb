/** A gate policy as it is edited: its rules, what differs between two of them, and where a value falls. */
import type { GateRule } from "@/lib/gates";

import type { Difference } from "../api/policies";

export type Bound = number | [number, number];
export type Side = "reject" | "review" | "good";
export type Unless = { path: string; one_of: (string | boolean | number)[]; all_items: boolean };
export type Rule = GateRule & { model: string; unless: Unless[] };
export type Rules = { version: number; rules: Rule[]; weights: Record<string, number> };

/** The stored draft; null where somebody has written there what is no policy at all. */
export function readRules(stored: unknown): Rules | null {
  const found = stored as Partial<Rules> | null;
  const whole =
    Array.isArray(found?.rules) &&
    typeof found.weights === "object" &&
    found.rules.every((rule) => typeof rule?.id === "string" && typeof rule.metric === "string");
  return whole ? (found as Rules) : null;
}

export function withRule(policy: Rules, id: string, change: Partial<Rule>): Rules {
  return { ...policy, rules: policy.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)) };
}

export function without(policy: Rules, id: string): Rules {
  return { ...policy, rules: policy.rules.filter((rule) => rule.id !== id) };
}

/** Put a rule back that was taken out, behind those of its part. */
export function withBack(policy: Rules, rule: Rule): Rules {
  const last = policy.rules.findLastIndex((other) => other.modality === rule.modality);
  return { ...policy, rules: policy.rules.toSpliced(last + 1, 0, rule) };
}

/** What differs, in the shape in which the API compares two versions. */
export function difference(before: Rules, after: Rules): Difference {
  const [old, now] = [before, after].map((policy) => new Map(policy.rules.map((rule) => [rule.id, rule])));
  const changed: Difference["changed"] = {};
  for (const [id, rule] of now!) {
    const fields = old!.has(id) ? changesOf(old!.get(id)!, rule) : [];
    if (fields.length) changed[id] = fields;
  }
  const parts = Object.keys({ ...before.weights, ...after.weights });
  const moved = parts.filter((part) => before.weights[part] !== after.weights[part]);
  return {
    added: [...now!.keys()].filter((id) => !old!.has(id)),
    removed: [...old!.keys()].filter((id) => !now!.has(id)),
    changed,
    weights: Object.fromEntries(
      moved.map((part) => [part, [before.weights[part] ?? null, after.weights[part] ?? null]]),
    ),
  };
}

export function countOf(found: Difference): number {
  const parts = [found.added, found.removed, Object.keys(found.changed), Object.keys(found.weights)];
  return parts.reduce((sum, part) => sum + part.length, 0);
}

function changesOf(before: Rule, after: Rule) {
  const fields = Object.keys({ ...before, ...after }) as (keyof Rule)[];
  return fields
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

/** Whether a value is a problem by this bound: as the gates see it, where the bound itself still passes. */
export function objects(comparator: Rule["comparator"], bound: Bound | null, value: number): boolean {
  if (bound === null) return false;
  if (Array.isArray(bound)) return value < bound[0] || value > bound[1];
  return comparator === "below" ? value < bound : value > bound;
}

/** What the rule says of a value. */
export function outcomeOf(rule: Rule, value: number): "pass" | "review" | "reject" {
  if (objects(rule.comparator, rule.reject, value)) return "reject";
  return objects(rule.comparator, rule.review, value) ? "review" : "pass";
}

export function ends(bound: Bound | null): number[] {
  return bound === null ? [] : Array.isArray(bound) ? bound : [bound];
}
