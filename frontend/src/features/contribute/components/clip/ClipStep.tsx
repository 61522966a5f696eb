import { Clock, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Switch } from "@/components/ui/Choice";
import { IconButton } from "@/components/ui/IconButton";
import { Skeleton } from "@/components/ui/states";

import { useAssetDetail } from "../../api/get-assets";
import { useComplaint } from "../../hooks/use-checks";
import { useDraft, useKeeper, usePart } from "../../hooks/use-draft";
import { useFileStates } from "../../hooks/use-file-states";
import { uploader } from "../../uploads/uploader";
import { DropZone } from "../fields/DropZone";
import { Place } from "../fields/Place";
import { AssetState } from "../uploads/AssetState";
import { Refusal } from "../uploads/UploadRow";
import { ClipFacts, type ClipMeasures } from "./ClipFacts";

const ACCEPT = "video/mp4,video/quicktime,video/webm,video/x-matroska,.mkv";

/** The clip itself, where there is one: a record without it is a blueprint of the shot. */
export function ClipStep() {
  const { t } = useTranslation("contribute");
  const { value: video, set, remove } = usePart("video");
  const { submissionId } = useKeeper();
  const state = useFileStates([video.asset])(video.asset);
  const complaint = useComplaint("video.asset");
  const { asset } = state;
  const ready = asset?.status === "ready";
  return (
    <Place path="video.asset" className="grid gap-5">
      {!video.asset && (
        <DropZone
          label={t("clip.drop")}
          hint={t("clip.drop_hint")}
          accept={ACCEPT}
          onFiles={(picked) => uploader.add(picked, submissionId, (id) => set({ asset: id }))}
        />
      )}
      {video.asset && (
        <div className="flex items-center gap-3 rounded-md border border-line bg-ground px-4 py-2">
          <bdi className="min-w-0 grow truncate text-sm">{asset?.name ?? state.upload?.name}</bdi>
          <AssetState {...state} />
          <IconButton label={t("clip.remove")} icon={<Trash2 />} onClick={remove} />
        </div>
      )}
      {asset && <Refusal asset={asset} />}
      {ready && complaint && <p className="text-xs font-medium text-bad">{complaint}</p>}
      {ready && <Shown assetId={asset.id} />}
      {ready && <ClipFacts facts={asset.facts as ClipMeasures} />}
      {ready && <TakeTimeline facts={asset.facts as ClipMeasures} />}
      {video.asset && (
        <div className="grid gap-4">
          <Switch
            label={t("clip.synthetic")}
            hint={t("clip.synthetic_hint")}
            checked={video.synthetic ?? false}
            onChange={(synthetic) => set({ synthetic })}
          />
          {(asset?.facts as ClipMeasures | undefined)?.has_audio && <SoundIsInClip />}
        </div>
      )}
    </Place>
  );
}

function Shown({ assetId }: { assetId: string }) {
  const { t } = useTranslation("contribute");
  const { data } = useAssetDetail(assetId);
  const files = data?.renditions?.files ?? [];
  const [proxy, poster] = ["proxy", "poster"].map((role) => files.find((file) => file.role === role)?.url);
  if (!proxy) return <Skeleton className="aspect-video w-full" />;
  return (
    // eslint-disable-next-line jsx-a11y/media-has-caption -- a draft's clip has no captions yet; its sound is told beside it
    <video
      src={proxy}
      poster={poster}
      controls
      preload="metadata"
      className="max-h-[60dvh] w-full rounded-md bg-black"
      aria-label={t("clip.shown")}
    />
  );
}

/** The record's clock out of the clip's, so that every time in it lands on the right frame. */
function TakeTimeline({ facts }: { facts: ClipMeasures }) {
  const { t } = useTranslation("contribute");
  const { set } = usePart("timeline");
  const now = useDraft().timeline;
  const { duration_s, fps_num, fps_den, num_frames } = facts;
  if (!duration_s || !fps_num || !fps_den || !num_frames || now?.num_frames === num_frames) return null;
  return (
    <Button
      className="w-fit"
      icon={<Clock className="size-4" aria-hidden />}
      onClick={() => set({ duration_s, fps: [fps_num, fps_den], num_frames })}
    >
      {t("clip.take_timeline")}
    </Button>
  );
}

function SoundIsInClip() {
  const { t } = useTranslation("contribute");
  const { value, set } = usePart("audio");
  return (
    <Switch
      label={t("clip.sound_inside")}
      hint={t("clip.sound_inside_hint")}
      checked={value.in_video ?? false}
      onChange={(in_video) => set({ in_video })}
    />
  );
}
