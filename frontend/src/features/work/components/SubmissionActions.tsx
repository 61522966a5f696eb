import { RotateCcw, Undo2, Wrench } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { toast, toastError } from "@/components/ui/Toasts";

import type { Submission, SubmissionStatus } from "../api/list-submissions";
import { useMove } from "../api/move-submission";

const FIXABLE: SubmissionStatus[] = ["changes_requested", "rejected", "failed"];

/** What its author may do about it now. */
export function SubmissionActions({ submission }: { submission: Submission }) {
  const { t } = useTranslation("work");
  const retry = useMove(submission.id, "retry");
  return (
    <>
      {submission.status === "failed" && (
        <Button
          icon={<RotateCcw className="size-4" />}
          busy={retry.isPending}
          onClick={() => retry.mutate(undefined, { onError: toastError })}
        >
          {t("action.retry")}
        </Button>
      )}
      {submission.status !== "withdrawn" && <Withdraw submission={submission} />}
      {FIXABLE.includes(submission.status) && (
        <Button asChild look="primary">
          <Link to={`/contribute/${submission.id}`}>
            <Wrench className="size-4" aria-hidden />
            {t("action.fix")}
          </Link>
        </Button>
      )}
    </>
  );
}

function Withdraw({ submission }: { submission: Submission }) {
  const { t } = useTranslation("work");
  const withdraw = useMove(submission.id, "withdraw");
  return (
    <Confirm
      trigger={
        <Button look="quiet" busy={withdraw.isPending} icon={<Undo2 className="size-4 rtl:-scale-x-100" />}>
          {t("action.withdraw")}
        </Button>
      }
      title={t("withdraw.title")}
      action={t("action.withdraw")}
      onConfirm={() =>
        withdraw.mutate(undefined, { onSuccess: () => toast(t("withdraw.done")), onError: toastError })
      }
    >
      <p>{t("withdraw.text")}</p>
      {submission.status === "accepted" && <p>{t("withdraw.accepted")}</p>}
    </Confirm>
  );
}
