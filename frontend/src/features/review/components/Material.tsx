import { type ReactNode, useDeferredValue } from "react";

import { Panel } from "@/components/ui/Panel";
import { LoadingRows } from "@/components/ui/states";

import type { ToJudge } from "../api/take-review";
import { shownAt } from "../model/media";
import { recordOf } from "../model/record";
import { CameraPanel } from "./CameraPanel";
import { ClipPlayer } from "./ClipPlayer";
import { LightPanel } from "./LightPanel";
import { References } from "./References";
import { SceneWords } from "./SceneWords";
import { ScorePanel } from "./ScorePanel";
import { SoundPanel } from "./SoundPanel";

export type Work = Pick<ToJudge, "submission" | "caption" | "record" | "media" | "scores">;

type Props = {
  work: Work;
  /** What its campaign asks for. */
  brief?: string;
  /** Other work that is like it. */
  alike?: ReactNode;
  onStale: () => void;
};

/**
 * What was contributed: on the left what is seen and heard, on the right what is said and measured about it. The clip
 * and the words are drawn first.
 */
export function Material({ work, brief, alike, onStale }: Props) {
  const record = recordOf(work.record);
  const at = (path: string) => shownAt(work.media, path);
  const clip = at("video.asset");
  const ownSound = at("audio.asset");
  const { audio, camera, lighting, reference_images: images } = record;
  const whole = useDeferredValue(true, false);
  return (
    <div className="grid min-w-0 items-start gap-4 xl:grid-cols-2">
      <div className="grid min-w-0 gap-4">
        <ClipPlayer clip={clip} sound={ownSound} onStale={onStale} />
        {whole && (
          <>
            {audio && (
              <SoundPanel
                audio={audio}
                source={ownSound ?? clip}
                apart={clip !== undefined && ownSound !== undefined}
              />
            )}
            {images && images.length > 0 && <References images={images} at={at} />}
            {alike}
          </>
        )}
      </div>
      <div className="grid min-w-0 gap-4">
        <SceneWords record={record} brief={brief} />
        {!whole && <LoadingRows rows={4} />}
        {whole && (camera ?? lighting) && (
          <div className="grid min-w-0 items-start gap-4 sm:grid-cols-2 xl:grid-cols-1 2xl:grid-cols-2">
            {camera && <CameraPanel camera={camera} clip={clip} />}
            {lighting && <LightPanel lighting={lighting} map={at("lighting.env_map.asset")} />}
          </div>
        )}
        {whole && <ScorePanel work={work} />}
        {!record.scene && <Panel>{work.caption}</Panel>}
      </div>
    </div>
  );
}
