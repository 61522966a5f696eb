import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { Ago } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";
import { toast, toastError } from "@/components/ui/Toasts";
import { flatten } from "@/lib/query";

import { type Submission, useFailedSubmissions, useScoreAgain } from "../../api/failed-submissions";

/** What scoring gave up on, why, and another try once the cause is gone. */
export function FailedSubmissions() {
  const { t } = useTranslation("operator");
  const submissions = useFailedSubmissions();
  const shown = flatten(submissions.data);
  return (
    <Panel title={t("platform.failed_submissions")} flush>
      {submissions.isPending && <LoadingRows rows={2} />}
      {submissions.isError && <Failed error={submissions.error} onRetry={() => void submissions.refetch()} />}
      <ul className="divide-y divide-line">
        {shown.map((submission) => (
          <li key={submission.id}>
            <FailedLine submission={submission} />
          </li>
        ))}
      </ul>
      <LoadMore pages={submissions} />
    </Panel>
  );
}

function FailedLine({ submission }: { submission: Submission }) {
  const { t } = useTranslation("operator");
  const again = useScoreAgain(submission.id);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 py-3.5 text-sm">
      <span className="grid min-w-0 gap-0.5">
        <Link to={`/work/${submission.id}`} className="underline-offset-4 hover:underline" dir="auto">
          {submission.caption || submission.id}
        </Link>
        <span className="text-xs text-muted" dir="auto">
          {submission.failure?.message} <Ago at={submission.updated_at} />
        </span>
      </span>
      <Button
        size="sm"
        busy={again.isPending}
        onClick={() =>
          again.mutate(undefined, { onSuccess: () => toast(t("platform.scored_again")), onError: toastError })
        }
      >
        {t("platform.score_again")}
      </Button>
    </div>
  );
}
