import { useTranslation } from "react-i18next";

import type { Bands } from "../model/bands";

const FILL = { pass: "bg-good/55", review: "bg-warn/55", reject: "bg-bad/55" };

/** Where a value lies between what is refused, looked at and passed. */
export function BandBar({ bands, label }: { bands: Bands; label: string }) {
  const { t } = useTranslation("review");
  return (
    <span
      role="img"
      aria-label={t("scores.band", { metric: label, outcome: t(`outcome.${bands.outcome}`) })}
      className="relative flex h-2 overflow-visible rounded-full"
    >
      {bands.zones.map((zone) => (
        <span
          key={zone.from}
          className={`h-full first:rounded-s-full last:rounded-e-full ${FILL[zone.outcome]}`}
          style={{ width: `${100 * (zone.to - zone.from)}%` }}
        />
      ))}
      <span
        className="absolute -top-1 h-4 w-[3px] -translate-x-1/2 rounded-full bg-ink ring-1 ring-surface"
        style={{ left: `${100 * bands.at}%` }}
      />
    </span>
  );
}
