import { useTranslation } from "react-i18next";

import { percent, useLocale } from "@/lib/format";

import type { Bins } from "../../api/score-spread";
import { bandsOf, type Counts, countsOf, scaleOf } from "../../model/spread";
import { ends, type Rule } from "../../model/rules";

const FILL = { pass: "fill-good-soft", review: "fill-warn-soft", reject: "fill-bad-soft" };
const DOT = { pass: "bg-good", review: "bg-warn", reject: "bg-bad" };
const FIGURE = new Intl.NumberFormat("en", { maximumSignificantDigits: 4, useGrouping: false });
const [WIDTH, HEIGHT] = [400, 130];

type Props = { bins: Bins; rule: Rule; before: Rule | undefined };

/** Stored scores as bars over what the rule says of them; dashed is where its bounds were before. */
export function SpreadChart({ bins, rule, before }: Props) {
  const { t } = useTranslation("operator");
  const scale = scaleOf(bins, before ? [rule, before] : [rule]);
  const at = (value: number) => ((value - scale[0]) / (scale[1] - scale[0])) * WIDTH;
  const counts = countsOf(rule, bins);
  const old = before ? [before.reject, before.review].flatMap(ends) : [];
  return (
    <figure className="grid gap-2" dir="ltr">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("gates.spread_label", counts)}
        className="h-36 w-full rounded-md border border-line bg-surface"
      >
        {bandsOf(rule, scale).map((band) => (
          <rect
            key={band.from}
            x={at(band.from)}
            width={at(band.to) - at(band.from)}
            height={HEIGHT}
            className={FILL[band.outcome]}
          />
        ))}
        <Bars bins={bins} at={at} />
        {[rule.reject, rule.review].flatMap(ends).map((bound) => (
          <Line key={bound} x={at(bound)} className="stroke-ink" />
        ))}
        {old.map((bound, place) => (
          <Line key={place} x={at(bound)} dashes="3 4" className="stroke-muted" />
        ))}
        {ends(rule.good).map((bound) => (
          <Line key={`good ${bound}`} x={at(bound)} dashes="1 3" className="stroke-good" />
        ))}
      </svg>
      <div className="figures flex justify-between text-xs text-muted">
        <span>{FIGURE.format(scale[0])}</span>
        <span>{FIGURE.format(scale[1])}</span>
      </div>
      <Legend counts={counts} />
    </figure>
  );
}

function Bars({ bins, at }: { bins: Bins; at: (value: number) => number }) {
  const most = Math.max(1, ...bins.counts);
  const width = (bins.high - bins.low) / bins.counts.length;
  return bins.counts.map((count, place) => {
    const x = at(bins.low + place * width);
    // a square root, so that a few scores beside thousands are seen
    const height = Math.sqrt(count / most) * (HEIGHT - 10);
    return (
      <rect
        key={place}
        x={x + 0.5}
        y={HEIGHT - height}
        width={Math.max(0.5, at(bins.low + (place + 1) * width) - x - 1)}
        height={height}
        className="fill-ink/60"
      />
    );
  });
}

function Line({ x, dashes, className }: { x: number; dashes?: string; className: string }) {
  return (
    <line
      x1={x}
      x2={x}
      y1={0}
      y2={HEIGHT}
      strokeDasharray={dashes}
      strokeWidth={1.5}
      vectorEffect="non-scaling-stroke"
      className={className}
    />
  );
}

function Legend({ counts }: { counts: Counts }) {
  const { t, i18n } = useTranslation("operator");
  const locale = useLocale();
  const all = Math.max(1, counts.pass + counts.review + counts.reject);
  return (
    <figcaption dir={i18n.dir()} className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
      {(["pass", "review", "reject"] as const).map((outcome) => (
        <span key={outcome} className="inline-flex items-center gap-1.5">
          <span className={`size-2 rounded-full ${DOT[outcome]}`} aria-hidden />
          {t(`gates.would.${outcome}`)}
          <span className="figures text-ink">
            {counts[outcome]} · {percent(counts[outcome] / all, locale, 1)}
          </span>
        </span>
      ))}
    </figcaption>
  );
}
