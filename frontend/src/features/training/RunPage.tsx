import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Page } from "@/components/ui/Page";
import { Progress } from "@/components/ui/Progress";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";

import { metricsQuery } from "./api/read-metrics";
import { runQuery } from "./api/read-run";
import { Checkpoints } from "./components/Checkpoints";
import { Curves } from "./components/Curves";
import { RunActions } from "./components/RunActions";
import { RunFacts } from "./components/RunFacts";
import { RunLog } from "./components/RunLog";
import { Samples } from "./components/Samples";
import { isLive, RUN_TONES } from "./model/run";

export function Component() {
  const { t } = useTranslation("training");
  const { id = "" } = useParams();
  const run = useQuery(runQuery(id));
  const live = run.data ? isLive(run.data) : false;
  const metrics = useQuery(metricsQuery(id, live));
  const series = useMemo(() => [{ name: t("curves.this"), points: metrics.data ?? [] }], [metrics.data, t]);
  if (run.isPending) return <LoadingRows />;
  if (run.isError) return <Failed error={run.error} onRetry={() => void run.refetch()} />;
  const { status = "queued", step = 0, steps, failure, stop_requested: stopping } = run.data;
  return (
    <Page
      title={t("run.title", { id: id.slice(0, 13) })}
      eyebrow={
        <Link to="/runs" className="underline-offset-4 hover:underline">
          {t("runs.title")}
        </Link>
      }
      lead={
        <span className="flex flex-wrap items-center gap-3">
          <Badge tone={RUN_TONES[status]}>{t(`status.${status}`)}</Badge>
          <span className="figures text-sm">
            {step} / {steps}
          </span>
        </span>
      }
      actions={<RunActions run={run.data} />}
    >
      <div className="grid gap-6">
        {live && <Progress value={step / steps} label={t("columns.progress")} />}
        {stopping && live && <Notice>{t("run.stopping")}</Notice>}
        {status === "failed" && <Notice tone="bad">{String(failure.message ?? t("run.failed"))}</Notice>}
        {metrics.isError && <Failed error={metrics.error} onRetry={() => void metrics.refetch()} />}
        <Curves series={series} title={t("curves.title")} />
        <Samples run={id} live={live} />
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Checkpoints run={id} live={live} />
          <RunFacts run={run.data} />
        </div>
        <RunLog run={id} live={live} />
      </div>
    </Page>
  );
}
