import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";
import { Tabs } from "@/components/ui/Tabs";

import { type Finding, type SubmissionDetail, useSubmission } from "./api/get-submission";
import { DecisionPanel } from "./components/DecisionPanel";
import { DisputePanel } from "./components/DisputePanel";
import { Findings } from "./components/Findings";
import { MediaGrid } from "./components/MediaGrid";
import { QualityPanel } from "./components/QualityPanel";
import { RevisionDiff } from "./components/RevisionDiff";
import { ScoreTable } from "./components/ScoreTable";
import { SubmissionActions } from "./components/SubmissionActions";
import { SubmissionBadge } from "./components/SubmissionBadge";
import { Timeline } from "./components/Timeline";
import { Uses } from "./components/Uses";
import { Whereabouts } from "./components/Whereabouts";

export function Component() {
  const { submissionId = "" } = useParams();
  const detail = useSubmission(submissionId);
  if (detail.isPending) return <LoadingRows />;
  if (detail.isError) return <Failed error={detail.error} onRetry={() => void detail.refetch()} />;
  return <SubmissionView detail={detail.data} />;
}

function SubmissionView({ detail }: { detail: SubmissionDetail }) {
  const { t } = useTranslation("work");
  const { submission } = detail;
  const short = (detail.record as { scene?: { caption_short?: string } } | null)?.scene?.caption_short;
  const eyebrow = (
    <span className="flex flex-wrap items-center gap-3">
      <Link to="/work" className="underline underline-offset-4">
        {t("title")}
      </Link>
      <SubmissionBadge status={submission.status} />
      {submission.revision_number && t("revision", { number: submission.revision_number })}
    </span>
  );
  return (
    <Page
      title={short || t("untitled")}
      eyebrow={eyebrow}
      actions={<SubmissionActions submission={submission} />}
    >
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 content-start gap-6">
          {submission.failure && <Notice tone="bad">{String(submission.failure.message)}</Notice>}
          {detail.decision && <DecisionPanel decision={detail.decision} />}
          {detail.decision && (
            <DisputePanel submissionId={submission.id} rejected={submission.status === "rejected"} />
          )}
          <Details detail={detail} />
        </div>
        <aside className="grid content-start gap-6">
          <Timeline submission={submission} />
          {detail.gates && <QualityPanel gates={detail.gates} />}
        </aside>
      </div>
    </Page>
  );
}

function Details({ detail }: { detail: SubmissionDetail }) {
  const { t } = useTranslation("work");
  const { submission, gates } = detail;
  const overview = (
    <div className="grid gap-6">
      {gates && <Findings findings={gates.findings as Finding[]} />}
      <Panel title={t("caption")}>
        <p className="text-sm leading-relaxed" dir="auto">
          {submission.caption}
        </p>
      </Panel>
      <MediaGrid placements={detail.assets} />
    </div>
  );
  if (!submission.revision) return overview;
  const scores = <ScoreTable submissionId={submission.id} revision={submission.revision} />;
  const diff = <RevisionDiff submissionId={submission.id} newest={submission.revision} />;
  const where = (
    <div className="grid gap-6">
      <Panel title={t("where.title")} flush>
        <Whereabouts submissionId={submission.id} />
      </Panel>
      <Panel title={t("uses.title")} flush>
        <Uses submissionId={submission.id} />
      </Panel>
    </div>
  );
  return (
    <Tabs
      label={t("details")}
      tabs={[
        { value: "overview", label: t("tab.overview"), content: overview },
        { value: "scores", label: t("tab.scores"), content: <Panel flush>{scores}</Panel> },
        { value: "revisions", label: t("tab.revisions"), content: <Panel flush>{diff}</Panel> },
        { value: "where", label: t("tab.where"), content: where },
      ]}
    />
  );
}
