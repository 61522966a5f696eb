import clsx from "clsx";
import { useTranslation } from "react-i18next";

import { Ago } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { type SubmissionEvent, useEvents } from "../api/list-events";
import { MOVING, type Submission } from "../api/list-submissions";

const DOTS: Record<string, string> = {
  accepted: "bg-good",
  rejected: "bg-bad",
  failed: "bg-bad",
  changes_requested: "bg-warn",
};

/** What happened and what happens now, newest first. */
export function Timeline({ submission }: { submission: Submission }) {
  const { t } = useTranslation("work");
  const events = useEvents(submission.id, submission.updated_at);
  const shown = flatten(events.data);
  return (
    <Panel title={t("timeline.title")}>
      {events.isPending && <LoadingRows rows={3} />}
      {events.isError && <Failed error={events.error} onRetry={() => void events.refetch()} />}
      <ol aria-live="polite" className="ms-1 grid border-s border-line">
        {MOVING.includes(submission.status) && (
          <li className="relative pb-5 ps-5">
            <Dot className="animate-pulse-soft bg-tungsten" />
            <p className="text-sm font-medium text-tungsten">{t(`timeline.now.${submission.status}`)}</p>
          </li>
        )}
        {shown.map((event) => (
          <Line key={event.id} event={event} />
        ))}
      </ol>
      <LoadMore pages={events} />
    </Panel>
  );
}

function Line({ event }: { event: SubmissionEvent }) {
  const { t } = useTranslation("work");
  return (
    <li className="relative pb-5 ps-5 last:pb-0">
      <Dot className={DOTS[event.kind] ?? "bg-line-strong"} />
      <p className="text-sm">{t(`timeline.event.${event.kind}`, { defaultValue: event.kind })}</p>
      <p className="text-xs text-muted">
        {event.by_me && `${t("timeline.by_you")} · `}
        <Ago at={event.at} />
      </p>
    </li>
  );
}

function Dot({ className }: { className: string }) {
  return (
    <span
      aria-hidden
      className={clsx(
        "absolute -start-[5px] top-1.5 size-[9px] rounded-full outline-3 outline-surface",
        className,
      )}
    />
  );
}
