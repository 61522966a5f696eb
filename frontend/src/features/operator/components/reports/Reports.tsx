import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Ago } from "@/components/ui/figures";
import { TextArea } from "@/components/ui/Input";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import { flatten } from "@/lib/query";

import { type Report, useAnswerReport, useReports } from "../../api/reports";

const TONES = { open: "live", upheld: "bad", dismissed: "neutral" } as const;

export function Reports() {
  const { t } = useTranslation("operator");
  const reports = useReports();
  const shown = flatten(reports.data);
  return (
    <Panel flush>
      {reports.isPending && <LoadingRows />}
      {reports.isError && <Failed error={reports.error} onRetry={() => void reports.refetch()} />}
      {reports.isSuccess && shown.length === 0 && <Empty title={t("reports.none")} />}
      <ul className="divide-y divide-line">
        {shown.map((report) => (
          <li key={report.id}>
            <ReportCard report={report} />
          </li>
        ))}
      </ul>
      <LoadMore pages={reports} />
    </Panel>
  );
}

function ReportCard({ report }: { report: Report }) {
  const { t } = useTranslation("operator");
  const { status = "open" } = report;
  return (
    <article className="grid gap-2.5 px-5 py-4 text-sm">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="text-sm">
          {t(`reports.reason.${report.reason}`)} · {t(`reports.subject.${report.subject_kind}`)}
        </h3>
        <span className="flex items-center gap-3 text-xs text-muted">
          <Ago at={report.reported_at} />
          <Badge tone={TONES[status]}>{t(`reports.status.${status}`)}</Badge>
        </span>
      </header>
      <p className="whitespace-pre-line" dir="auto">
        {report.text}
      </p>
      <p className="figures text-xs text-muted">{report.subject}</p>
      {report.answer && (
        <blockquote className="border-s-2 border-line-strong ps-4" dir="auto">
          {report.answer}
        </blockquote>
      )}
      {status === "open" && <AnswerForm reportId={report.id} />}
    </article>
  );
}

function AnswerForm({ reportId }: { reportId: string }) {
  const { t } = useTranslation("operator");
  const [answer, setAnswer] = useState("");
  const send = useAnswerReport(reportId);
  const submit = (upheld: boolean) => (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ upheld, answer });
  };
  return (
    <form onSubmit={submit(true)} className="grid gap-3" noValidate>
      <TextArea
        label={t("reports.answer")}
        rows={2}
        value={answer}
        error={send.isError ? errorText(send.error) : undefined}
        onChange={(event) => setAnswer(event.target.value)}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="danger" disabled={!answer.trim()} busy={send.isPending}>
          {t("reports.uphold")}
        </Button>
        <Button disabled={!answer.trim()} busy={send.isPending} onClick={submit(false)}>
          {t("reports.dismiss")}
        </Button>
      </div>
    </form>
  );
}
