import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { percent, useLocale } from "@/lib/format";

import type { Asset } from "../../api/get-assets";
import type { Upload } from "../../uploads/uploader";

/** Where a file is on its way: being sent, being verified, ready, or refused. */
export function AssetState({ upload, asset }: { upload?: Upload; asset?: Asset }) {
  const { t } = useTranslation("contribute");
  const locale = useLocale();
  if (asset?.status === "ready") return <Badge tone="good">{t("file.ready")}</Badge>;
  if (asset?.status === "refused") return <Badge tone="bad">{t("file.refused")}</Badge>;
  if (asset?.status === "verifying" || upload?.state === "sent")
    return <Badge tone="live">{t("file.verifying")}</Badge>;
  if (!upload) return <Badge tone="warn">{t("file.lost")}</Badge>;
  if (upload.state === "sending")
    return <Badge tone="live">{percent(upload.sent / Math.max(1, upload.size), locale)}</Badge>;
  const tone = {
    queued: "neutral",
    waiting: "warn",
    paused: "neutral",
    lost: "warn",
    failed: "bad",
  } as const;
  return <Badge tone={tone[upload.state]}>{t(`file.${upload.state}`)}</Badge>;
}
