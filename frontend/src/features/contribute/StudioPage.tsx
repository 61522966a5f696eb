import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { Page } from "@/components/ui/Page";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";

import { useCampaign } from "./api/get-campaign";
import { type Submission, submissionQuery } from "./api/get-submission";
import { Studio } from "./components/frame/Studio";
import { keeperOf } from "./draft/open-drafts";
import { DraftContext } from "./hooks/use-draft";

const WRITABLE = ["draft", "changes_requested", "rejected", "failed"];

export function Component() {
  const { t } = useTranslation("contribute");
  const { submissionId = "" } = useParams();
  const submission = useQuery(submissionQuery(submissionId));
  if (submission.data && submission.data.draft && WRITABLE.includes(submission.data.submission.status))
    return <Opened submission={submission.data} />;
  return (
    <Page title={t("title")}>
      {submission.isPending && <LoadingRows />}
      {submission.isError && <Failed error={submission.error} onRetry={() => void submission.refetch()} />}
      {submission.isSuccess && (
        <Empty
          title={t("not_writable.title")}
          action={
            <Button asChild>
              <Link to={`/work/${submissionId}`}>{t("not_writable.action")}</Link>
            </Button>
          }
        >
          {t("not_writable.text")}
        </Empty>
      )}
    </Page>
  );
}

function Opened({ submission }: { submission: Submission }) {
  const { t } = useTranslation("contribute");
  const campaign = useCampaign(submission.submission.campaign);
  const keeper = keeperOf(submission);
  useEffect(
    () => keeper.meet(submission.draft ?? {}, submission.submission.updated_at),
    [keeper, submission],
  );
  if (!campaign.data)
    return (
      <Page title={t("title")}>
        {campaign.isError ? (
          <Failed error={campaign.error} onRetry={() => void campaign.refetch()} />
        ) : (
          <LoadingRows />
        )}
      </Page>
    );
  return (
    <DraftContext value={keeper} key={keeper.submissionId}>
      <Studio campaign={campaign.data} />
    </DraftContext>
  );
}
