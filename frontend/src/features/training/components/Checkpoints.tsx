import { Download, Sparkles } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { Copyable } from "@/components/ui/Copyable";
import { Ago } from "@/components/ui/figures";
import { IconButton } from "@/components/ui/IconButton";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { toastError } from "@/components/ui/Toasts";
import { byteSize, useLocale } from "@/lib/format";
import { flatten } from "@/lib/query";

import { useDownloadAdapter } from "../api/download-adapter";
import { type Checkpoint, useCheckpoints } from "../api/list-checkpoints";

/** The adapters that the run saved, newest first. */
export function Checkpoints({ run, live }: { run: string; live: boolean }) {
  const { t } = useTranslation("training");
  const pages = useCheckpoints(run, live);
  const shown = flatten(pages.data);
  return (
    <Panel title={t("checkpoints.title")} flush>
      {pages.isPending && <LoadingRows rows={2} />}
      {pages.isError && <Failed error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isSuccess && shown.length === 0 && (
        <Empty title={t("checkpoints.none")}>{t("checkpoints.none_text")}</Empty>
      )}
      <ul>
        {shown.map((checkpoint) => (
          <Item key={checkpoint.id} checkpoint={checkpoint} />
        ))}
      </ul>
      <LoadMore pages={pages} />
    </Panel>
  );
}

function Item({ checkpoint }: { checkpoint: Checkpoint }) {
  const { t } = useTranslation("training");
  const locale = useLocale();
  const size = checkpoint.files.reduce((sum, file) => sum + file.size, 0);
  const download = useDownloadAdapter(checkpoint.id);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-5 py-3 last:border-0">
      <div className="grid gap-0.5">
        <p className="text-sm font-medium">{t("checkpoints.step", { step: checkpoint.step })}</p>
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
          <Copyable text={checkpoint.fingerprint} short={12} label={t("checkpoints.fingerprint")} />
          <span>{byteSize(size, locale)}</span>
          <Ago at={checkpoint.created_at} />
        </p>
      </div>
      <div className="flex items-center gap-1.5">
        <IconButton
          label={t("checkpoints.download")}
          icon={<Download />}
          disabled={download.isPending}
          onClick={() => download.mutate(undefined, { onError: toastError })}
        />
        <Button asChild size="sm">
          <Link to={`/generate?adapter=${checkpoint.id}`}>
            <Sparkles className="size-4" aria-hidden />
            {t("checkpoints.generate")}
          </Link>
        </Button>
      </div>
    </li>
  );
}
