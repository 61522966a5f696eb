import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";
import { Ago } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { flatten } from "@/lib/query";

import type { Cast } from "../api/cast-vote";
import { useJudged } from "../api/list-judged";

const TONES: Record<string, Tone> = { approve: "good", request_changes: "warn", reject: "bad" };

/** What this reviewer judged, and what became of it. */
export function Judged() {
  const { t } = useTranslation("review");
  const pages = useJudged();
  const cast = flatten(pages.data).filter(({ status }) => status === "cast");
  const head = ["when", "verdict", "reasons", "outcome"].map((column) => t(`judged.${column}`));
  return (
    <Panel title={t("judged.title")} flush>
      {pages.isPending && <LoadingRows rows={3} />}
      {pages.isError && <Failed error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isSuccess && cast.length === 0 && (
        <Empty title={t("judged.none")}>{t("judged.none_text")}</Empty>
      )}
      {cast.length > 0 && (
        <Table caption={t("judged.title")} head={head}>
          {cast.map((review) => (
            <Row key={review.id} review={review} />
          ))}
        </Table>
      )}
      <LoadMore pages={pages} />
    </Panel>
  );
}

function Row({ review }: { review: Cast }) {
  const { t } = useTranslation("review");
  const verdict = review.verdict ?? "";
  return (
    <tr>
      <Cell>
        <Ago at={review.cast_at ?? review.created_at} />
      </Cell>
      <Cell>
        <Badge tone={TONES[verdict]}>{t(`verdict.${verdict}`)}</Badge>
      </Cell>
      <Cell className="max-w-72">
        {review.reasons?.map((reason) => t(`reason.${reason}`)).join("; ") || "–"}
        {review.note && (
          <p className="text-xs text-muted" dir="auto">
            {review.note}
          </p>
        )}
      </Cell>
      <Cell>
        <Outcome review={review} />
      </Cell>
    </tr>
  );
}

function Outcome({ review }: { review: Cast }) {
  const { t } = useTranslation("review");
  if (review.check) return <Badge tone={review.check.right ? "good" : "warn"}>{t("judged.check")}</Badge>;
  if (!review.outcome) return <span className="text-muted">{t("judged.open")}</span>;
  return (
    <Badge tone={review.outcome === review.verdict ? "good" : "warn"}>{t(`verdict.${review.outcome}`)}</Badge>
  );
}
