import { Film } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { LoadMore } from "@/components/ui/LoadMore";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Segmented } from "@/components/ui/Segmented";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { type SubmissionStatus, useSubmissions } from "./api/list-submissions";
import { StandingPanel } from "./components/StandingPanel";
import { StatisticsPanel } from "./components/StatisticsPanel";
import { SubmissionLine } from "./components/SubmissionLine";

const FILTERS = [
  "draft",
  "in_review",
  "changes_requested",
  "accepted",
  "rejected",
] as const satisfies SubmissionStatus[];
type Filter = (typeof FILTERS)[number] | "all";

export function Component() {
  const { t } = useTranslation("work");
  const [query, setQuery] = useSearchParams();
  const filter: Filter = FILTERS.find((status) => status === query.get("status")) ?? "all";
  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 content-start gap-4">
          <Segmented<Filter>
            label={t("filter")}
            value={filter}
            options={(["all", ...FILTERS] as const).map((value) => ({ value, label: t(`status.${value}`) }))}
            onChange={(status) => setQuery(status === "all" ? {} : { status }, { replace: true })}
          />
          <SubmissionList status={filter === "all" ? undefined : filter} />
        </div>
        <aside className="grid content-start gap-6">
          <StatisticsPanel />
          <StandingPanel of="contributor" />
        </aside>
      </div>
    </Page>
  );
}

function SubmissionList({ status }: { status: SubmissionStatus | undefined }) {
  const { t } = useTranslation("work");
  const submissions = useSubmissions(status);
  const shown = flatten(submissions.data);
  return (
    <Panel flush>
      {submissions.isPending && <LoadingRows />}
      {submissions.isError && <Failed error={submissions.error} onRetry={() => void submissions.refetch()} />}
      {submissions.isSuccess && shown.length === 0 && (
        <Empty
          icon={<Film />}
          title={t(status ? "empty.filtered" : "empty.title")}
          action={
            <Button asChild look="primary">
              <Link to="/campaigns?status=open">{t("empty.action")}</Link>
            </Button>
          }
        >
          {t("empty.text")}
        </Empty>
      )}
      <ul className="divide-y divide-line">
        {shown.map((submission) => (
          <li key={submission.id}>
            <SubmissionLine submission={submission} />
          </li>
        ))}
      </ul>
      <LoadMore pages={submissions} />
    </Panel>
  );
}
