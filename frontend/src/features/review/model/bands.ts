/** Where a measured value lies against the bounds of the gate's rule. */

type Bound = number | [number, number] | null;
export type Rule = {
  id: string;
  metric: string;
  modality: string;
  unit: string;
  calibrated: boolean;
  comparator: "below" | "above" | "outside";
  review: Bound;
  reject: Bound;
  good: Bound;
};
export type Outcome = "pass" | "review" | "reject";
export type Zone = { from: number; to: number; outcome: Outcome };
/** Zones and the value as shares of the bar, in [0, 1]. */
export type Bands = { zones: Zone[]; at: number; outcome: Outcome };

function violates(value: number, bound: Bound, comparator: Rule["comparator"]): boolean {
  if (bound === null) return false;
  if (Array.isArray(bound)) return value < bound[0] || value > bound[1];
  return comparator === "below" ? value < bound : value > bound;
}

export function outcomeOf(value: number, rule: Rule): Outcome {
  if (violates(value, rule.reject, rule.comparator)) return "reject";
  return violates(value, rule.review, rule.comparator) ? "review" : "pass";
}

export function bandsOf(value: number, rule: Rule): Bands {
  const marks = [rule.review, rule.reject, rule.good].flatMap((bound) => bound ?? []);
  const low = Math.min(value, ...marks);
  const high = Math.max(value, ...marks);
  const room = (high - low || Math.abs(value) || 1) * 0.18;
  const [start, end] = [low - room, high + room];
  const share = (x: number) => (x - start) / (end - start);
  const edges = [start, ...new Set(marks.sort((a, b) => a - b)), end];
  const zones = edges.slice(1).map((to, index) => {
    const from = edges[index] ?? start;
    return { from: share(from), to: share(to), outcome: outcomeOf((from + to) / 2, rule) };
  });
  return { zones, at: share(value), outcome: outcomeOf(value, rule) };
}
