/** Scores beside the rules that judged them, grouped by modality. */
import type { ToJudge } from "../api/take-review";
import { type Bands, bandsOf, type Outcome, type Rule } from "./bands";

type Score = ToJudge["scores"][number];
export type Line = {
  key: string;
  metric: string;
  part: string;
  model: string;
  shown: string;
  bands: Bands | null;
};
export type Group = { modality: string; outcome: Outcome; lines: Line[] };

const GRAVITY: Outcome[] = ["pass", "review", "reject"];

function shownValue(value: number, unit: string): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 2 : 4;
  return `${Number(value.toFixed(digits))}${unit ? ` ${unit}` : ""}`;
}

function lineOf(score: Score, rules: Rule[]): Line {
  // Bounds of calibrated rules are probabilities, on another scale than the raw value.
  const rule = rules.find((one) => one.metric === score.metric && !one.calibrated);
  const value = score.value ?? null;
  return {
    key: `${score.metric} ${score.part ?? ""} ${score.model_id}`,
    metric: score.metric,
    part: score.part ?? "",
    model: score.model_id,
    shown: value === null ? "" : shownValue(value, rule?.unit ?? ""),
    bands: rule && value !== null ? bandsOf(value, rule) : null,
  };
}

function worst(lines: Line[]): Outcome {
  return lines.reduce<Outcome>((most, { bands }) => {
    const here = bands?.outcome ?? "pass";
    return GRAVITY.indexOf(here) > GRAVITY.indexOf(most) ? here : most;
  }, "pass");
}

/** Measured values only: what does not apply to this work says nothing about it. The gravest groups come first. */
export function scoreLines(scores: Score[], rules: Rule[]): Group[] {
  const groups = new Map<string, Line[]>();
  for (const score of scores.filter(({ value }) => value != null)) {
    const own = (score.part ?? "").split(/[.[]/)[0];
    const modality = rules.find(({ metric }) => metric === score.metric)?.modality ?? (own || "record");
    groups.set(modality, [...(groups.get(modality) ?? []), lineOf(score, rules)]);
  }
  return [...groups]
    .map(([modality, lines]) => ({
      modality,
      outcome: worst(lines),
      lines: lines.sort((a, b) => weight(b) - weight(a)),
    }))
    .sort((a, b) => GRAVITY.indexOf(b.outcome) - GRAVITY.indexOf(a.outcome));
}

function weight({ bands }: Line): number {
  return bands ? 1 + GRAVITY.indexOf(bands.outcome) : 0;
}
