/** Metrics of runs as the columns that a chart draws. */
import type { Metric } from "../api/read-metrics";

export type Series = { name: string; points: Metric[] };
/** Steps, then one column per series; null where a series has no such step. */
export type Columns = [number[], ...(number | null)[][]];

/** Names that every chart leaves out: they count, they do not measure. */
const COUNTERS = new Set(["step", "seconds", "memory_mb"]);

export function metricNames(points: Metric[]): string[] {
  const names = new Set(points.flatMap(({ values }) => Object.keys(values)));
  return [...names].filter((name) => !COUNTERS.has(name) && !name.startsWith("with_")).sort();
}

/** Exponential moving average as TensorBoard's: 0 is the raw curve, near 1 is very smooth; unbiased at the start. */
export function smoothed(values: (number | null)[], weight: number): (number | null)[] {
  let [last, count] = [0, 0];
  return values.map((value) => {
    if (value === null || weight === 0) return value;
    last = last * weight + (1 - weight) * value;
    count += 1;
    return last / (1 - weight ** count);
  });
}

function valueOf({ values }: Metric, metric: string): number | null {
  const value = values[metric];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

export function columns(series: Series[], metric: string, weight: number): Columns {
  const steps = [...new Set(series.flatMap(({ points }) => points.map(({ step }) => step)))].sort(
    (a, b) => a - b,
  );
  const of = ({ points }: Series) => {
    const byStep = new Map(points.map((point) => [point.step, valueOf(point, metric)]));
    return smoothed(
      steps.map((step) => byStep.get(step) ?? null),
      weight,
    );
  };
  return [steps, ...series.map(of)];
}

/** At most `most` rows, evenly taken, the last always among them: what a table beside the chart shows. */
export function thinned(
  [steps, ...values]: Columns,
  most: number,
): { step: number; values: (number | null)[] }[] {
  const every = Math.max(1, Math.ceil(steps.length / most));
  const rows = steps.map((step, row) => ({ step, values: values.map((column) => column[row] ?? null) }));
  return rows.filter((_, row) => (rows.length - 1 - row) % every === 0);
}
