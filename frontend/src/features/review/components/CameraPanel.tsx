import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";
import { Failed, Skeleton } from "@/components/ui/states";
import { timecode } from "@/lib/format";

import { useCameraPath } from "../api/read-camera-path";
import { usePlayer } from "../hooks/use-player";
import { aspectOf, type Shown } from "../model/media";
import { pathFacts } from "../model/path";
import { type JudgedRecord, words } from "../model/record";
import { PathViews } from "./PathViews";

type Props = { camera: NonNullable<JudgedRecord["camera"]>; clip: Shown | undefined };

/** The path as it was recorded and as it was declared. */
export function CameraPanel({ camera, clip }: Props) {
  const { t } = useTranslation("review");
  const player = usePlayer();
  const path = useCameraPath(camera.poses?.asset);
  const moves = camera.declared?.primitives ?? [];
  return (
    <Panel title={t("camera.title")}>
      <div className="grid gap-3">
        {path.isLoading && <Skeleton className="aspect-[4/3] w-full" />}
        {path.isError && <Failed error={path.error} onRetry={() => void path.refetch()} />}
        {path.data && <PathViews path={path.data} aspect={aspectOf(clip)} />}
        <ul className="flex flex-wrap gap-1.5" aria-label={t("camera.declared")}>
          {moves.map((move, index) => (
            <li key={index}>
              <button
                type="button"
                onClick={() => player.seekTime(move.start_s)}
                className="rounded-full bg-sunken px-2.5 py-0.5 text-xs hover:text-tungsten"
              >
                {words(move.name)} <span className="figures text-muted">{timecode(move.start_s)}</span>
              </button>
            </li>
          ))}
          {camera.declared?.steadiness && (
            <li>
              <Badge>{words(camera.declared.steadiness)}</Badge>
            </li>
          )}
        </ul>
        <Facts camera={camera} facts={path.data ? pathFacts(path.data) : undefined} />
      </div>
    </Panel>
  );
}

type FactsProps = {
  camera: NonNullable<JudgedRecord["camera"]>;
  facts: ReturnType<typeof pathFacts> | undefined;
};

function Facts({ camera, facts }: FactsProps) {
  const { t } = useTranslation("review");
  const rows: [string, string | undefined][] = [
    ["length", facts && `${facts.lengthM.toFixed(2)} m`],
    ["turned", facts && `${facts.turnedDeg.toFixed(0)}°`],
    [
      "field_of_view",
      facts?.fieldOfViewDeg && `${facts.fieldOfViewDeg.map((angle) => angle.toFixed(0)).join("° × ")}°`,
    ],
    ["focal", camera.lens?.focal_mm ? `${camera.lens.focal_mm} mm` : undefined],
    ["source", words(camera.source)],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-1 text-xs">
      {rows.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-2">
          <dt className="text-muted">{t(`camera.${name}`)}</dt>
          <dd className="figures">{value ?? "–"}</dd>
        </div>
      ))}
    </dl>
  );
}
