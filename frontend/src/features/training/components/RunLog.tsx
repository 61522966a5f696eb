import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { Segmented } from "@/components/ui/Segmented";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";

import { type LogLine, useRunLog } from "../api/read-log";

const KINDS = ["all", "engine", "stderr"] as const;
const NEAR_THE_END_PX = 40;
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** What the engine told and its libraries wrote; goes on scrolling while one stands at the end. */
export function RunLog({ run, live }: { run: string; live: boolean }) {
  const { t } = useTranslation("training");
  const log = useRunLog(run, live);
  const [kind, setKind] = useState<(typeof KINDS)[number]>("all");
  const lines = log.data?.filter(({ source }) => kind === "all" || source === kind) ?? [];
  return (
    <Panel
      title={t("log.title")}
      flush
      actions={
        <Segmented
          label={t("log.kind")}
          value={kind}
          onChange={setKind}
          options={KINDS.map((value) => ({ value, label: t(`log.${value}`) }))}
        />
      }
    >
      {log.isPending && <LoadingRows rows={2} />}
      {log.isError && <Failed error={log.error} onRetry={() => void log.refetch()} />}
      {log.isSuccess && lines.length === 0 && <Empty title={t("log.none")} />}
      {lines.length > 0 && <Lines lines={lines} />}
    </Panel>
  );
}

function Lines({ lines }: { lines: LogLine[] }) {
  const { t } = useTranslation("training");
  const home = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    const place = home.current;
    if (place && follows.current) place.scrollTop = place.scrollHeight;
  }, [lines.length]);
  return (
    <div
      ref={home}
      role="log"
      aria-label={t("log.title")}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      dir="ltr"
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        follows.current = scrollTop + clientHeight > scrollHeight - NEAR_THE_END_PX;
      }}
      className="relative max-h-96 overflow-auto bg-sunken py-3 font-mono text-xs leading-relaxed"
    >
      {lines.map(({ id, at, source, text }) => (
        <p key={id} className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-3 px-5">
          <time dateTime={at} className="text-muted">
            {CLOCK.format(new Date(at))}
          </time>
          <span className={`break-words whitespace-pre-wrap ${source === "stderr" ? "text-muted" : ""}`}>
            {text}
          </span>
        </p>
      ))}
    </div>
  );
}
