import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Ago } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { type Dispute, useDisputes } from "../api/disputes";
import { ReasonText } from "./ReasonText";

/** Rejections that their authors dispute, to be answered by somebody who did not judge them. */
export function Disputes() {
  const { t } = useTranslation("review");
  const pages = useDisputes();
  const open = flatten(pages.data);
  return (
    <Panel title={t("disputes.title")} flush>
      {pages.isPending && <LoadingRows rows={2} />}
      {pages.isError && <Failed error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isSuccess && open.length === 0 && (
        <Empty title={t("disputes.none")}>{t("disputes.none_text")}</Empty>
      )}
      <ul className="divide-y divide-line">
        {open.map((dispute) => (
          <Line key={dispute.id} dispute={dispute} />
        ))}
      </ul>
      <LoadMore pages={pages} />
    </Panel>
  );
}

function Line({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation("review");
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
      <div className="grid min-w-0 grow basis-64 gap-1.5">
        <p className="line-clamp-1 font-medium" dir="auto">
          {dispute.caption}
        </p>
        <p className="line-clamp-2 text-sm text-muted" dir="auto">
          {dispute.text}
        </p>
        <p className="flex flex-wrap items-center gap-1.5 text-xs text-muted">
          <Ago at={dispute.opened_at} />
          {dispute.decision.reasons.map((reason) => (
            <Badge key={reason}>
              <ReasonText code={reason} />
            </Badge>
          ))}
        </p>
      </div>
      <Button asChild>
        <Link to={`/review/disputes/${dispute.id}`} aria-label={`${t("disputes.look")}: ${dispute.caption}`}>
          {t("disputes.look")}
        </Link>
      </Button>
    </li>
  );
}
