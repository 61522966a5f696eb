import { useTranslation } from "react-i18next";

import { LoadMore } from "@/components/ui/LoadMore";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { flatten } from "@/lib/query";

import { type Score, useScores } from "../api/list-scores";

/** Every raw measurement, with the model that made it. */
export function ScoreTable({ submissionId, revision }: { submissionId: string; revision: string }) {
  const { t } = useTranslation("work");
  const scores = useScores(submissionId, revision);
  const shown = flatten(scores.data);
  if (scores.isPending) return <LoadingRows />;
  if (scores.isError) return <Failed error={scores.error} onRetry={() => void scores.refetch()} />;
  if (shown.length === 0) return <Empty title={t("scores.none")} />;
  return (
    <>
      <Table
        caption={t("scores.title")}
        head={[t("scores.metric"), t("scores.part"), t("scores.value"), t("scores.model")]}
      >
        {shown.map((score) => (
          <tr key={`${score.metric} ${score.part} ${score.model_id}`}>
            <Cell className="figures">{score.metric}</Cell>
            <Cell className="figures text-muted">{score.part}</Cell>
            <Cell>
              <Value score={score} />
            </Cell>
            <Cell className="figures text-muted">{score.model_id}</Cell>
          </tr>
        ))}
      </Table>
      <LoadMore pages={scores} />
    </>
  );
}

function Value({ score }: { score: Score }) {
  const { t } = useTranslation("work");
  if (score.value === null)
    return <span className="text-muted">{score.not_applicable || t("scores.not_applicable")}</span>;
  return <span className="figures">{Number(score.value.toPrecision(5))}</span>;
}
