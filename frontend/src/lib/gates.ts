/** A gate's rule as the API gives it, and what it asks for in figures. */
type Bound = number | [number, number] | null;

export type GateRule = {
  id: string;
  metric: string;
  modality: string;
  calibrated: boolean;
  comparator: "below" | "above" | "outside";
  review: Bound;
  reject: Bound;
  good: Bound;
  required: boolean;
  unit: string;
  message: string;
  fix: string;
};

export type Asked = { outcome: "review" | "reject"; sign: "" | "≥" | "≤" | "none" | "yes"; bound: string };

const FIGURE = new Intl.NumberFormat("en", { maximumSignificantDigits: 5, useGrouping: false });

function figures(bound: number | [number, number]): string {
  if (!Array.isArray(bound)) return FIGURE.format(bound);
  const [low, high] = bound;
  return low === high ? FIGURE.format(low) : `${FIGURE.format(low)}–${FIGURE.format(high)}`;
}

/** What a rule asks for and what happens otherwise: the bound of a look by a reviewer, of a rejection, or both. */
export function askedBy(rule: GateRule): Asked[] {
  return (["review", "reject"] as const).flatMap((outcome): Asked[] => {
    const bound = rule[outcome];
    if (bound === null) return [];
    const plain = !rule.unit && !rule.calibrated;
    if (rule.comparator === "above" && bound === 0 && plain) return [{ outcome, sign: "none", bound: "" }];
    if (rule.comparator === "below" && bound === 1 && plain) return [{ outcome, sign: "yes", bound: "" }];
    const sign = rule.comparator === "outside" ? "" : rule.comparator === "below" ? "≥" : "≤";
    return [{ outcome, sign, bound: figures(bound) }];
  });
}

/** Rules by the part of the record that they look at, in the order in which they are written. */
export function byModality(rules: GateRule[]): [string, GateRule[]][] {
  const groups = new Map<string, GateRule[]>();
  for (const rule of rules) groups.set(rule.modality, [...(groups.get(rule.modality) ?? []), rule]);
  return [...groups];
}
