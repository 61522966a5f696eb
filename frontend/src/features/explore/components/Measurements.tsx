import { useTranslation } from "react-i18next";

import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { flatten } from "@/lib/query";

import { useScores } from "../api/list-scores";

const COLUMNS = ["metric", "part", "value", "model"];

/** Every raw value that was measured, with the model that did. */
export function Measurements({ sample }: { sample: string }) {
  const { t } = useTranslation("explore");
  const scores = useScores(sample);
  const shown = flatten(scores.data).filter(({ value }) => value != null);
  return (
    <Panel title={t("sample.measured")} flush>
      {scores.isPending && <LoadingRows rows={3} />}
      {scores.isError && <Failed error={scores.error} onRetry={() => void scores.refetch()} />}
      {scores.isSuccess && shown.length === 0 && <Empty title={t("sample.not_measured")} />}
      {shown.length > 0 && (
        <div className="max-h-[26rem] overflow-y-auto">
          <Table caption={t("sample.measured")} head={COLUMNS.map((column) => t(`columns.${column}`))}>
            {shown.map((score) => (
              <tr key={`${score.metric} ${score.part} ${score.model_id}`} dir="ltr">
                <Cell className="figures py-2!">{score.metric}</Cell>
                <Cell className="figures py-2! text-muted">{score.part}</Cell>
                <Cell className="figures py-2!">{Number((score.value ?? 0).toPrecision(5))}</Cell>
                <Cell className="figures py-2! text-muted">{score.model_id}</Cell>
              </tr>
            ))}
          </Table>
        </div>
      )}
      <LoadMore pages={scores} />
    </Panel>
  );
}
