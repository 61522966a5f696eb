import { Pause, Play, RotateCcw, X } from "lucide-react";
import { memo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/IconButton";
import { Progress } from "@/components/ui/Progress";
import { errorText, refusalText } from "@/lib/errors";
import { byteSize, useLocale } from "@/lib/format";

import type { Asset } from "../../api/get-assets";
import { type Upload, uploader } from "../../uploads/uploader";
import { FileInput } from "../fields/DropZone";
import { AssetState } from "./AssetState";

const STOPPABLE = ["queued", "sending", "waiting"];

export const UploadRow = memo(function UploadRow({ upload, asset }: { upload: Upload; asset?: Asset }) {
  const { t } = useTranslation("contribute");
  const locale = useLocale();
  const [another, setAnother] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { id, name, size, sent, state } = upload;
  const pickAgain = () => (uploader.hasHandle(id) ? void uploader.resume(id) : input.current?.click());
  return (
    <div className="grid gap-1 px-4 py-2">
      <div className="flex items-center gap-2">
        <bdi className="min-w-0 grow truncate text-sm">{name}</bdi>
        <span className="hidden text-xs whitespace-nowrap text-muted sm:inline">
          {byteSize(size, locale)}
        </span>
        <AssetState upload={upload} asset={asset} />
        {STOPPABLE.includes(state) && (
          <IconButton
            label={t("file.pause")}
            icon={<Pause />}
            className="!size-8"
            onClick={() => uploader.pause(id)}
          />
        )}
        {state === "paused" && (
          <IconButton
            label={t("file.resume")}
            icon={<Play />}
            className="!size-8"
            onClick={() => void uploader.resume(id)}
          />
        )}
        {state === "failed" && (
          <IconButton
            label={t("file.again")}
            icon={<RotateCcw />}
            className="!size-8"
            onClick={() => void uploader.resume(id)}
          />
        )}
        {state === "lost" && (
          <IconButton label={t("file.pick_again")} icon={<Play />} className="!size-8" onClick={pickAgain} />
        )}
        <IconButton
          label={t(state === "sent" ? "file.hide" : "file.give_up")}
          icon={<X />}
          className="!size-8"
          onClick={() => (state === "sent" ? uploader.drop(id) : void uploader.cancel(id))}
        />
      </div>
      {STOPPABLE.includes(state) && <Progress value={size ? sent / size : 0} label={name} />}
      <UploadTrouble upload={upload} asset={asset} another={another} />
      <FileInput
        ref={input}
        label={t("file.pick_again")}
        onFiles={([picked]) => setAnother(Boolean(picked && !uploader.attach(id, picked.file)))}
      />
    </div>
  );
});

function UploadTrouble({ upload, asset, another }: { upload: Upload; asset?: Asset; another: boolean }) {
  const { t } = useTranslation("contribute");
  if (another)
    return <p className="text-xs font-medium text-bad">{t("file.another", { name: upload.name })}</p>;
  if (asset?.refusal) return <Refusal asset={asset} />;
  if (upload.state === "failed")
    return <p className="text-xs font-medium text-bad">{errorText(upload.error)}</p>;
  if (upload.state === "lost") return <p className="text-xs text-muted">{t("file.lost_text")}</p>;
  return null;
}

/** Why a file is not taken, and what to do about it. */
export function Refusal({ asset }: { asset: Asset }) {
  if (!asset.refusal) return null;
  return (
    <p className="text-xs font-medium text-bad" dir="auto">
      {refusalText(asset.refusal)}
    </p>
  );
}
