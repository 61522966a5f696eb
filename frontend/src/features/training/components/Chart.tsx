import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

import { onTheme } from "@/lib/theme";

import type { Columns } from "../model/curves";
import { COLORS } from "../model/colors";

const HEIGHT = 320;

type Props = { columns: Columns; names: string[]; log: boolean; label: string };

/** The design's colour of that name, read at every drawing: the theme may have changed. */
function token(name: string): () => string {
  return () => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function optionsOf({ names, log }: Pick<Props, "names" | "log">, width: number): uPlot.Options {
  const axis = {
    stroke: token("--muted"),
    grid: { stroke: token("--line"), width: 1 },
    ticks: { stroke: token("--line"), width: 1 },
  };
  return {
    width,
    height: HEIGHT,
    scales: { x: { time: false }, y: { distr: log ? 3 : 1 } },
    axes: [axis, { ...axis, size: 64 }],
    legend: { show: false },
    series: [
      {},
      ...names.map((name, index) => ({
        label: name,
        stroke: token(COLORS[index % COLORS.length] ?? "--ink"),
        width: 1.5,
        spanGaps: true,
        points: { show: false },
      })),
    ],
  };
}

/** Curves over steps. Drawn left to right always; the table beside it says the same. */
export default function Chart({ columns, names, log, label }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const shape = names.join("\n");
  useEffect(() => {
    const home = place.current;
    if (!home) return;
    const made = new uPlot(optionsOf({ names: shape.split("\n"), log }, home.clientWidth), [[], []], home);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: home.clientWidth, height: HEIGHT }));
    resized.observe(home);
    const forget = onTheme(() => made.redraw());
    return () => {
      forget();
      resized.disconnect();
      made.destroy();
    };
  }, [shape, log]);
  useEffect(() => {
    plot.current?.setData(columns as uPlot.AlignedData);
  }, [columns, shape, log]);
  return (
    <div
      ref={place}
      dir="ltr"
      role="img"
      aria-label={label}
      className="w-full"
      style={{ minHeight: HEIGHT }}
    />
  );
}
