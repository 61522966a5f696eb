import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Ago } from "@/components/ui/figures";
import { percent, useLocale } from "@/lib/format";

import { type Calibration, useDiagram } from "../../api/calibrations";
import { binsOf, figureOf, type Interval } from "../../model/calibrations";
import { GatePoints } from "./GatePoints";
import { Reliability } from "./Reliability";

type Props = { calibration: Calibration; holds: boolean };

/** One curve: which model it is of, how well it foretells, when and from what it was derived. */
export function CalibrationCard({ calibration, holds }: Props) {
  const { t } = useTranslation("operator");
  return (
    <details className="group" open={holds && binsOf(calibration).length > 0}>
      <summary className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1.5 px-5 py-3.5 text-sm marker:content-none">
        <span className="grid min-w-0 gap-0.5">
          <span className="figures font-medium">{calibration.model_id}</span>
          <span className="text-xs text-muted">
            {t(`calibrations.method.${calibration.method}`, { defaultValue: calibration.method })} ·{" "}
            {calibration.source} · <Ago at={calibration.created_at} />
          </span>
        </span>
        <Badge tone={holds ? "good" : "neutral"}>
          {t(holds ? "calibrations.holds" : "calibrations.replaced")}
        </Badge>
      </summary>
      <Body calibration={calibration} />
    </details>
  );
}

function Body({ calibration }: { calibration: Calibration }) {
  const { t } = useTranslation("operator");
  const bins = binsOf(calibration);
  const diagram = useDiagram(calibration).data;
  return (
    <div className="grid gap-6 border-t border-line bg-ground/60 p-5 md:grid-cols-[16rem_minmax(0,1fr)]">
      {diagram ? (
        <img src={diagram} alt={t("calibrations.diagram")} className="w-full rounded-md bg-white" />
      ) : (
        bins.length > 0 && <Reliability bins={bins} />
      )}
      <div className="grid content-start gap-5">
        {bins.length === 0 && <p className="text-sm text-muted">{t("calibrations.not_measured")}</p>}
        <Facts calibration={calibration} />
        <GatePoints calibration={calibration} />
      </div>
    </div>
  );
}

function Facts({ calibration }: { calibration: Calibration }) {
  const { t } = useTranslation("operator");
  const weights = calibration.weights_sha256;
  const facts: [string, ReactNode][] = [
    ["auc", <Between key="auc" of={figureOf(calibration, "auc")} />],
    ["ece_held_out", <Between key="ece" of={figureOf(calibration, "ece_held_out")} share />],
    [
      "pairs",
      calibration.pairs ? (
        <span className="figures">
          {calibration.pairs} · {calibration.right_pairs}
        </span>
      ) : null,
    ],
    [
      "weights",
      weights ? (
        <span className="figures text-xs" title={weights}>
          {weights.slice(0, 16)}…
        </span>
      ) : null,
    ],
    [
      "preprocessing",
      <span key="pre" className="figures text-xs">
        {calibration.preprocessing_id || "–"}
      </span>,
    ],
  ];
  return (
    <dl className="grid gap-2 text-sm">
      {facts.map(([name, shown]) => (
        <div
          key={name}
          className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line pb-2"
        >
          <dt className="text-muted">{t(`calibrations.${name}`)}</dt>
          <dd className="[overflow-wrap:anywhere]">{shown ?? <span className="text-muted">–</span>}</dd>
        </div>
      ))}
    </dl>
  );
}

function Between({ of, share }: { of: Interval | null; share?: boolean }) {
  const { t } = useTranslation("operator");
  const locale = useLocale();
  if (!of) return <span className="text-muted">–</span>;
  const shown = (value: number) => (share ? percent(value, locale, 1) : value.toFixed(3));
  return (
    <span>
      <span className="figures">{shown(of.value)}</span>{" "}
      <span className="text-xs text-muted">
        {t("calibrations.between", { low: shown(of.low), high: shown(of.high) })}
      </span>
    </span>
  );
}
