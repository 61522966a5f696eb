import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { CameraPath } from "../api/read-camera-path";
import { usePlayer, usePlayerState } from "../hooks/use-player";
import { planOf, pointAt, type View } from "../model/path";

const ARROWS = 8;
const ARROW_LENGTH = 9;

/** The path from above or from the side, with where the camera looks; the dot is the frame on screen. */
export function PathPlan({ path, view }: { path: CameraPath; view: View }) {
  const { t } = useTranslation("review");
  const plan = useMemo(() => planOf(path, view), [path, view]);
  const every = Math.max(1, Math.floor(plan.points.length / ARROWS));
  return (
    <div className="grid gap-1">
      <svg
        viewBox="0 0 100 75"
        role="img"
        aria-label={t("camera.plan")}
        className="w-full rounded-md bg-sunken"
      >
        <g transform="translate(0 -12.5)">
          <polyline
            points={plan.points.map((point) => point.join(",")).join(" ")}
            className="fill-none stroke-muted"
            strokeWidth="0.8"
          />
          {plan.points.map(([x, y], index) => {
            const [dx, dy] = plan.arrows[index] ?? [0, 0];
            return index % every === 0 ? (
              <line
                key={index}
                x1={x}
                y1={y}
                x2={x + dx * ARROW_LENGTH}
                y2={y + dy * ARROW_LENGTH}
                className="stroke-info"
                strokeWidth="0.6"
              />
            ) : null;
          })}
          <Now path={path} points={plan.points} />
        </g>
      </svg>
      <span className="figures text-end text-xs text-muted">↔ {plan.metres.toFixed(1)} m</span>
    </div>
  );
}

function Now({ path, points }: { path: CameraPath; points: [number, number][] }) {
  const player = usePlayer();
  const frame = usePlayerState((state) => state.frame);
  const [x, y] = points[pointAt(path, frame / Math.max(1, player.frames - 1))] ?? [50, 50];
  return <circle cx={x} cy={y} r="2" className="fill-tungsten" />;
}
