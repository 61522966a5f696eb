import { ChevronDown, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Ago } from "@/components/ui/figures";
import { Progress } from "@/components/ui/Progress";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";
import { toastError } from "@/components/ui/Toasts";

import type { Export } from "../api/list-exports";
import { type Shard, useExport, useRetryExport } from "../api/read-export";
import { BUILD_TONES, failureText } from "../model/build";
import { ExportFiles } from "./ExportFiles";

type Props = { shown: Export; open: boolean; onToggle: () => void };

/** One export: how far it is, shard by shard; its files when it is ready; a way on when it failed. */
export function ExportItem({ shown, open, onToggle }: Props) {
  const { t } = useTranslation("explore");
  const status = shown.status ?? "building";
  return (
    <li className="border-b border-line last:border-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="flex w-full flex-wrap items-center gap-3 px-5 py-3 text-start text-sm hover:bg-sunken/60"
      >
        <span className="font-medium">{t(`profile.${shown.profile}`)}</span>
        <Badge tone={BUILD_TONES[status]}>{t(`build.${status}`)}</Badge>
        <span className="ms-auto text-xs text-muted">
          <Ago at={shown.created_at} />
        </span>
        <ChevronDown aria-hidden className={`size-4 text-muted transition ${open ? "rotate-180" : ""}`} />
      </button>
      {(open || status === "building") && <Detail id={shown.id} open={open} />}
    </li>
  );
}

function Detail({ id, open }: { id: string; open: boolean }) {
  const { t } = useTranslation("explore");
  const found = useExport(id);
  const retry = useRetryExport(id);
  if (found.isPending) return <LoadingRows rows={1} />;
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const { status, profile } = found.data;
  const shards = found.data.shards as Shard[];
  const done = shards.filter((shard) => shard.status === "ready").length;
  return (
    <div className="grid gap-4 px-5 pb-5">
      {status !== "ready" && (
        <div className="grid gap-1.5">
          <Progress value={shards.length ? done / shards.length : null} label={t("exports.progress")} />
          <p className="text-xs text-muted">{t("exports.shards", { done, count: shards.length })}</p>
        </div>
      )}
      {status === "failed" && (
        <Notice tone="bad">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <span dir="auto">{failureText(found.data)}</span>
            <Button
              size="sm"
              icon={<RotateCcw className="size-4" />}
              busy={retry.isPending}
              onClick={() => retry.mutate(undefined, { onError: toastError })}
            >
              {t("exports.retry")}
            </Button>
          </div>
        </Notice>
      )}
      {open && status === "ready" && (
        <>
          <ExportFiles id={id} />
          {profile === "webdataset" && (
            <Button asChild className="w-fit">
              <Link to={`/runs/new?export=${id}`}>{t("exports.train")}</Link>
            </Button>
          )}
        </>
      )}
    </div>
  );
}
