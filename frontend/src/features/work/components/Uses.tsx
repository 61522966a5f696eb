import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Ago } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { type Use, useUses } from "../api/list-uses";

/** Which models were trained on it. */
export function Uses({ submissionId }: { submissionId: string }) {
  const { t } = useTranslation("work");
  const pages = useUses(submissionId);
  const uses = flatten(pages.data);
  return (
    <>
      {pages.isPending && <LoadingRows rows={1} />}
      {pages.isError && <Failed error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isSuccess && uses.length === 0 && <Empty title={t("uses.none")}>{t("uses.none_text")}</Empty>}
      <ul className="divide-y divide-line">
        {uses.map((use) => (
          <Line key={use.id} use={use} />
        ))}
      </ul>
      <LoadMore pages={pages} />
    </>
  );
}

function Line({ use }: { use: Use }) {
  const { t } = useTranslation("work");
  const { base, step, steps, status, checkpoints, started_at, finished_at } = use;
  const at = finished_at ?? started_at;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 py-3 text-sm">
      <span>
        <bdi className="figures">{base}</bdi>
        <span className="text-muted"> · {t("uses.steps", { step: step ?? 0, steps })}</span>
      </span>
      <span className="flex items-center gap-3 text-muted">
        <Badge tone={status === "running" ? "live" : "neutral"}>
          {t(`uses.status.${status}`, { defaultValue: status })}
        </Badge>
        {t("uses.checkpoints", { count: checkpoints })}
        {at && <Ago at={at} />}
      </span>
    </li>
  );
}
