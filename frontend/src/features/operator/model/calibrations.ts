/** Calibrations as an operator reads them: which hold, and the figures of each. */
import type { Calibration } from "../api/calibrations";

export type Interval = { value: number; low: number; high: number };
export type Bin = { count: number; foretold: number; right: number };
export type Gate = { name: string; target: number; score: Interval; probability: Interval };

/** By metric; of each measuring model first the one that holds: an own one before what came along, then the newest. */
export function byMetric(found: Calibration[]): [string, { calibration: Calibration; holds: boolean }[]][] {
  const sorted = found.toSorted(
    (one, other) =>
      Number(one.shipped ?? false) - Number(other.shipped ?? false) ||
      other.created_at.localeCompare(one.created_at),
  );
  const seen = new Set<string>();
  const groups = new Map<string, { calibration: Calibration; holds: boolean }[]>();
  for (const calibration of sorted) {
    const { metric, model_id: model, weights_sha256: weights, preprocessing_id: preprocessing } = calibration;
    const identity = [metric, model, weights, preprocessing].join(" ");
    groups.set(metric, [...(groups.get(metric) ?? []), { calibration, holds: !seen.has(identity) }]);
    seen.add(identity);
  }
  return [...groups].toSorted(([one], [other]) => one.localeCompare(other));
}

export function figureOf(calibration: Calibration, name: string): Interval | null {
  const found = calibration.figures[name] as Interval | undefined;
  return typeof found?.value === "number" ? found : null;
}

export function binsOf(calibration: Calibration): Bin[] {
  const found = calibration.figures.bins;
  return Array.isArray(found) ? (found as Bin[]) : [];
}
