import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useLocale } from "@/lib/format";

import shot from "./shot/shot.json";
import picture from "./shot/shot.webp";

/** One shot of the studio with what its record knows of it (`python -m docs.shot` films it). */
export function ShotSheet() {
  const { t } = useTranslation();
  const number = new Intl.NumberFormat(useLocale());
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-surface">
      <img
        src={picture}
        width={1024}
        height={576}
        alt={t("landing.shot.picture")}
        className="h-auto w-full"
      />
      <figcaption>
        <p className="p-4 text-sm sm:px-5">{t("landing.shot.caption")}</p>
        <dl className="grid grid-cols-3 gap-px border-t border-line bg-line">
          <Known name={t("landing.shot.camera")} figure={`${number.format(shot.focalMm)} mm`}>
            <Drawing label={t("landing.shot.path")}>
              <line
                x1={HERE[0]}
                y1={HERE[1]}
                x2={shot.subject[0]}
                y2={shot.subject[1]}
                className="stroke-line-strong"
                strokeWidth={2}
              />
              <polyline points={shot.path.join(" ")} className="fill-none stroke-tungsten" strokeWidth={4} />
              <circle cx={HERE[0]} cy={HERE[1]} r={6} className="fill-tungsten" />
              <circle cx={shot.subject[0]} cy={shot.subject[1]} r={5} className="fill-ink" />
            </Drawing>
          </Known>
          <Known name={t("landing.shot.sound")} figure={`${number.format(shot.lufs)} LUFS`}>
            <Drawing label={t("landing.shot.loudness")}>
              <path d={BARS} className="stroke-ink" strokeWidth={WIDTH * 0.6} />
            </Drawing>
          </Known>
          <Known name={t("landing.shot.light")} figure={`${number.format(shot.cctK)} K`}>
            <Drawing label={t("landing.shot.sun")}>
              <circle cx={50} cy={50} r={46} className="fill-none stroke-line-strong" strokeWidth={2} />
              <line x1={50} y1={50} x2={SUN.x} y2={SUN.y} className="stroke-line-strong" strokeWidth={2} />
              <circle cx={SUN.x} cy={SUN.y} r={8} className="fill-tungsten" />
              <circle cx={50} cy={50} r={5} className="fill-ink" />
            </Drawing>
          </Known>
        </dl>
      </figcaption>
    </figure>
  );
}

/** Where the camera stands in the picture. */
const HERE = shot.path[Math.round(shot.shownAt * (shot.path.length - 1))] ?? [];

const WIDTH = 100 / shot.loudness.length;
const BARS = shot.loudness
  .map((peak, i) => `M${(i + 0.5) * WIDTH} ${50 - peak * 46}V${50 + peak * 46}`)
  .join("");

/** Seen from above: north is up, and the higher it stands the nearer to the middle. */
const SUN = (() => {
  const [turn, out] = [(shot.sun.azimuth_deg * Math.PI) / 180, 46 * (1 - shot.sun.elevation_deg / 90)];
  return { x: 50 + out * Math.sin(turn), y: 50 - out * Math.cos(turn) };
})();

function Known({ name, figure, children }: { name: string; figure: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-2 bg-surface p-4 sm:px-5">
      <dt className="flex flex-wrap items-baseline justify-between gap-x-2 text-xs text-muted">
        {name}
        <span className="figures text-ink">{figure}</span>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Drawing({ label, children }: { label: string; children: ReactNode }) {
  return (
    <svg role="img" aria-label={label} viewBox="-8 -8 116 116" className="mx-auto h-20 w-full">
      {children}
    </svg>
  );
}
