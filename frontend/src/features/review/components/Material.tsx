import { Panel } from "@/components/ui/Panel";

import type { ToJudge } from "../api/take-review";
import { shownAt } from "../model/media";
import { recordOf } from "../model/record";
import { CameraPanel } from "./CameraPanel";
import { ClipPlayer } from "./ClipPlayer";
import { LightPanel } from "./LightPanel";
import { Likeness } from "./Likeness";
import { References } from "./References";
import { SceneWords } from "./SceneWords";
import { ScorePanel } from "./ScorePanel";
import { SoundPanel } from "./SoundPanel";

/** What was contributed: on the left what is seen and heard, on the right what is said and measured about it. */
export function Material({ review, onStale }: { review: ToJudge; onStale: () => void }) {
  const record = recordOf(review.record);
  const at = (path: string) => shownAt(review.media, path);
  const clip = at("video.asset");
  const ownSound = at("audio.asset");
  const { audio, camera, lighting, reference_images: images } = record;
  return (
    <div className="grid min-w-0 items-start gap-4 xl:grid-cols-2">
      <div className="grid min-w-0 gap-4">
        <ClipPlayer clip={clip} sound={ownSound} onStale={onStale} />
        {audio && (
          <SoundPanel
            audio={audio}
            source={ownSound ?? clip}
            apart={clip !== undefined && ownSound !== undefined}
          />
        )}
        {images && images.length > 0 && <References images={images} at={at} />}
        <Likeness review={review} />
      </div>
      <div className="grid min-w-0 gap-4">
        <SceneWords record={record} brief={review.campaign.brief} />
        {(camera ?? lighting) && (
          <div className="grid min-w-0 items-start gap-4 sm:grid-cols-2 xl:grid-cols-1 2xl:grid-cols-2">
            {camera && <CameraPanel camera={camera} />}
            {lighting && <LightPanel lighting={lighting} map={at("lighting.env_map.asset")} />}
          </div>
        )}
        <ScorePanel review={review} />
        {!record.scene && <Panel>{review.caption}</Panel>}
      </div>
    </div>
  );
}
