import { useTranslation } from "react-i18next";

import type { Bin } from "../../model/calibrations";

const SIDE = 100;

/** Foretold probability against the share that was right; on the diagonal both are the same. */
export function Reliability({ bins }: { bins: Bin[] }) {
  const { t } = useTranslation("operator");
  const most = Math.max(1, ...bins.map(({ count }) => count));
  return (
    <figure className="grid content-start gap-1.5">
      <svg
        viewBox={`-4 -4 ${SIDE + 8} ${SIDE + 8}`}
        role="img"
        aria-label={t("calibrations.diagram")}
        className="w-full rounded-md border border-line bg-surface"
        direction="ltr"
      >
        <rect width={SIDE} height={SIDE} className="fill-none stroke-line" strokeWidth={0.5} />
        <line
          x1={0}
          y1={SIDE}
          x2={SIDE}
          y2={0}
          className="stroke-line-strong"
          strokeWidth={0.5}
          strokeDasharray="2 2"
        />
        <polyline
          points={bins.map(({ foretold, right }) => `${foretold * SIDE},${(1 - right) * SIDE}`).join(" ")}
          className="fill-none stroke-tungsten"
          strokeWidth={1}
        />
        {bins.map(({ foretold, right, count }, place) => (
          <circle
            key={place}
            cx={foretold * SIDE}
            cy={(1 - right) * SIDE}
            r={1 + 1.6 * Math.sqrt(count / most)}
            className="fill-tungsten"
          />
        ))}
      </svg>
      <figcaption className="text-xs text-muted">{t("calibrations.axes")}</figcaption>
    </figure>
  );
}
