import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { Segmented } from "@/components/ui/Segmented";

import type { CameraPath } from "../api/read-camera-path";
import { usePlayer, usePlayerState } from "../hooks/use-player";
import { planOf, type View } from "../model/path";

const ARROWS = 8;
const ARROW_LENGTH = 9;

/** The path from above or from the side, with where the camera looks; the dot is the frame on screen. */
export function PathPlan({ path }: { path: CameraPath }) {
  const { t } = useTranslation("review");
  const [view, setView] = useState<View>("top");
  const plan = useMemo(() => planOf(path, view), [path, view]);
  const every = Math.max(1, Math.floor(plan.points.length / ARROWS));
  return (
    <div className="grid gap-2">
      <div className="flex items-center justify-between gap-2">
        <Segmented
          label={t("camera.view")}
          value={view}
          onChange={setView}
          options={[
            { value: "top", label: t("camera.top") },
            { value: "side", label: t("camera.side") },
          ]}
        />
        <span className="figures text-xs text-muted">↔ {plan.metres.toFixed(1)} m</span>
      </div>
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
    </div>
  );
}

function Now({ path, points }: { path: CameraPath; points: [number, number][] }) {
  const player = usePlayer();
  const frame = usePlayerState((state) => state.frame);
  const share = frame / Math.max(1, player.frames - 1);
  const [x, y] = points[Math.round(share * (path.frames.length - 1))] ?? [50, 50];
  return <circle cx={x} cy={y} r="2" className="fill-tungsten" />;
}
