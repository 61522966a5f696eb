import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Ago } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Progress } from "@/components/ui/Progress";
import { Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { type Rejudgement, useRejudgements } from "../../api/campaign-policy";
import { useAllCampaigns } from "../../api/campaigns";
import { RejudgeDialog } from "./RejudgeDialog";

const TONES = { building: "live", ready: "good", failed: "bad" } as const;

/** Stored scores judged again by the rules that hold now. */
export function Rejudgements() {
  const { t } = useTranslation("operator");
  const [asking, setAsking] = useState(false);
  const jobs = useRejudgements();
  return (
    <Panel
      title={t("rejudge.title")}
      flush
      actions={
        <Button size="sm" onClick={() => setAsking(true)}>
          {t("rejudge.start")}
        </Button>
      }
    >
      {jobs.isPending && <LoadingRows rows={1} />}
      {jobs.isError && <Failed error={jobs.error} onRetry={() => void jobs.refetch()} />}
      {jobs.data?.length === 0 && <p className="px-5 py-4 text-sm text-muted">{t("rejudge.none")}</p>}
      <ul className="divide-y divide-line">
        {jobs.data?.map((job) => (
          <li key={job.id}>
            <Job job={job} />
          </li>
        ))}
      </ul>
      {asking && <RejudgeDialog onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function Job({ job }: { job: Rejudgement }) {
  const { t } = useTranslation("operator");
  const campaigns = flatten(useAllCampaigns().data);
  const { status = "building", total = 0, done = 0 } = job;
  const counts = Object.entries(job.counts).filter(([, count]) => count > 0);
  return (
    <div className="grid gap-2 px-5 py-3.5 text-sm">
      <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span dir="auto">
          {job.campaign ? campaigns.find(({ id }) => id === job.campaign)?.title : t("what_if.all")}
        </span>
        <span className="flex items-center gap-3 text-xs text-muted">
          <Ago at={job.created_at} />
          <Badge tone={TONES[status]}>{t(`rejudge.is.${status}`)}</Badge>
        </span>
      </span>
      {status === "building" && <Progress value={total ? done / total : null} label={t("rejudge.title")} />}
      {counts.length > 0 && (
        <span className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
          {counts.map(([what, count]) => (
            <span key={what}>
              {t(`rejudge.count.${what}`, { defaultValue: what.replaceAll("_", " ") })}{" "}
              <span className="figures text-ink">{count}</span>
            </span>
          ))}
        </span>
      )}
    </div>
  );
}
