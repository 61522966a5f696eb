import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Failed, LoadingRows } from "@/components/ui/states";
import { api, body } from "@/lib/api";

/** The stored path in the format of another tool, each with what would be lost on the way. */
export function ExportMenu({ asset, fps }: { asset: string | null; fps: number }) {
  const { t } = useTranslation("camera");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        icon={<Download className="size-4" />}
        disabled={!asset}
        onClick={() => setOpen(true)}
      >
        {t("export.action")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("export.title")} description={t("export.text")}>
        {asset && <Formats asset={asset} fps={fps} />}
      </Dialog>
    </>
  );
}

function Formats({ asset, fps }: { asset: string; fps: number }) {
  const { t } = useTranslation("camera");
  const formats = useQuery({
    queryKey: ["camera-exports", asset],
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/assets/{asset_id}/camera-exports", {
          params: { path: { asset_id: asset } },
          signal,
        }),
      ),
  });
  if (formats.isPending) return <LoadingRows />;
  if (formats.isError) return <Failed error={formats.error} onRetry={() => void formats.refetch()} />;
  return (
    <ul className="grid divide-y divide-line">
      {formats.data.map(({ name, title, losses, problem }) => (
        <li key={name} className="flex items-start justify-between gap-4 py-3">
          <div className="grid gap-0.5">
            <span className="text-sm font-medium">{title}</span>
            <span className="text-xs text-muted">
              {problem ??
                (losses.length
                  ? t("export.loses", { fields: losses.map(({ field }) => t(`loss.${field}`)).join("، ") })
                  : t("export.whole"))}
            </span>
          </div>
          {!problem && (
            <Button asChild size="sm">
              <a href={`/api/v1/assets/${asset}/camera-exports/${name}?fps=${fps}`} download>
                {t("export.take")}
              </a>
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
