import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { CameraEditor } from "@/components/camera/CameraEditor";
import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import type { Camera, Timeline } from "@/lib/record";

import { useAssets } from "../../api/get-assets";
import type { Part } from "../../draft/record";
import { useDraft, usePart } from "../../hooks/use-draft";
import type { ClipMeasures } from "../clip/ClipFacts";
import { Place } from "../fields/Place";

const WIDE = 16 / 9;

/** The camera's path on the record's clock, as wide as the clip is. */
export function CameraStep() {
  const { t } = useTranslation("contribute");
  const { value, exists, change, remove } = usePart("camera");
  const { timeline, video } = useDraft();
  const clip = useAssets(video?.asset ? [video.asset] : []).get(video?.asset ?? "")?.facts as
    ClipMeasures | undefined;
  const aspect = clip?.width && clip.height ? clip.width / clip.height : WIDE;
  if (!timeline?.duration_s || !timeline.num_frames)
    return <p className="text-sm text-muted">{t("camera.needs_timeline")}</p>;
  return (
    <Place path="camera" className="grid gap-4">
      <CameraEditor
        value={exists ? (value as Camera) : null}
        timeline={timeline as Timeline}
        aspect={aspect}
        onChange={(camera) => change("path", () => camera as Part<"camera">)}
      />
      {exists && (
        <Confirm
          trigger={
            <Button look="quiet" className="w-fit" icon={<Trash2 className="size-4" aria-hidden />}>
              {t("camera.remove")}
            </Button>
          }
          title={t("camera.remove_title")}
          action={t("camera.remove")}
          onConfirm={remove}
        >
          <p>{t("camera.remove_text")}</p>
        </Confirm>
      )}
    </Place>
  );
}
