/** A histogram of stored scores against the bounds of a rule. */
import type { Bins } from "../api/score-spread";
import { ends, outcomeOf, type Rule } from "./rules";

export type Band = { from: number; to: number; outcome: "pass" | "review" | "reject" };
export type Counts = Record<Band["outcome"], number>;

/** The scale that is drawn: all bins and every bound of the rules, with a little air. */
export function scaleOf(bins: Bins, rules: Rule[]): [number, number] {
  const bounds = rules.flatMap((rule) => [rule.reject, rule.review, rule.good].flatMap(ends));
  const [low, high] = [Math.min(bins.low, ...bounds), Math.max(bins.high, ...bounds)];
  const air = (high - low || 1) * 0.02;
  return [low - air, high + air];
}

/** The stretches of a scale in which the rule says the same, from low to high. */
export function bandsOf(rule: Rule, [low, high]: [number, number]): Band[] {
  const cuts = [rule.reject, rule.review].flatMap(ends).filter((cut) => cut > low && cut < high);
  const places = [low, ...new Set(cuts.sort((one, other) => one - other)), high];
  const bands = places.slice(1).map((to, place) => {
    const from = places[place]!;
    return { from, to, outcome: outcomeOf(rule, (from + to) / 2) };
  });
  return bands.filter(({ from, to }) => to > from);
}

/** How many stored scores the rule would judge how, told of the middle of each bin. */
export function countsOf(rule: Rule, bins: Bins): Counts {
  const counts: Counts = { pass: 0, review: 0, reject: 0 };
  const width = (bins.high - bins.low) / bins.counts.length;
  bins.counts.forEach((count, place) => {
    counts[outcomeOf(rule, bins.low + (place + 0.5) * width)] += count;
  });
  counts[outcomeOf(rule, bins.low - width)] += bins.below;
  counts[outcomeOf(rule, bins.high + width)] += bins.above;
  return counts;
}
