import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { Switch } from "@/components/ui/Choice";
import { Panel } from "@/components/ui/Panel";
import { Select } from "@/components/ui/Select";
import { Slider } from "@/components/ui/Slider";
import { Empty, Skeleton } from "@/components/ui/states";

import { COLORS } from "../model/colors";
import { columns, metricNames, type Series } from "../model/curves";
import { CurveTable } from "./CurveTable";

const Chart = lazy(() => import("./Chart"));

/** One metric of one or more runs over their steps. */
export function Curves({ series, title }: { series: Series[]; title: string }) {
  const { t } = useTranslation("training");
  const [metric, setMetric] = useState("loss");
  const [weight, setWeight] = useState(0);
  const [log, setLog] = useState(false);
  const names = metricNames(series.flatMap(({ points }) => points));
  const shown = useMemo(() => columns(series, metric, weight), [series, metric, weight]);
  return (
    <Panel title={title}>
      {names.length === 0 ? (
        <Empty title={t("curves.none")}>{t("curves.none_text")}</Empty>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <div className="grid items-end gap-x-8 gap-y-4 sm:grid-cols-3">
            <Select
              label={t("curves.metric")}
              value={metric}
              onChange={setMetric}
              options={names.map((name) => ({ value: name, label: name }))}
            />
            <Slider
              label={t("curves.smoothing")}
              value={weight}
              min={0}
              max={0.98}
              step={0.02}
              shown={weight.toFixed(2)}
              onChange={setWeight}
            />
            <Switch label={t("curves.log")} checked={log} onChange={setLog} />
          </div>
          <Suspense fallback={<Skeleton className="h-80 w-full" />}>
            <Chart
              columns={shown}
              names={series.map(({ name }) => name)}
              log={log}
              label={t("curves.chart", { metric })}
            />
          </Suspense>
          {series.length > 1 && <Legend names={series.map(({ name }) => name)} />}
          <CurveTable columns={shown} names={series.map(({ name }) => name)} metric={metric} />
        </div>
      )}
    </Panel>
  );
}

function Legend({ names }: { names: string[] }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {names.map((name, index) => (
        <li key={name} className="flex items-center gap-2">
          <span
            aria-hidden
            className="h-0.5 w-5 rounded-full"
            style={{ background: `var(${COLORS[index % COLORS.length]})` }}
          />
          {name}
        </li>
      ))}
    </ul>
  );
}
