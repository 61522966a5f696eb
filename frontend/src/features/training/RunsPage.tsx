import { GitCompareArrows, Plus, Sparkles } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { LoadMore } from "@/components/ui/LoadMore";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Table } from "@/components/ui/Table";
import { flatten } from "@/lib/query";

import { useRuns } from "./api/list-runs";
import { RunRow } from "./components/RunRow";

const MOST_COMPARED = 6;
const COLUMNS = ["compare", "run", "state", "progress", "base", "device", "made"];

export function Component() {
  const { t } = useTranslation("training");
  const runs = useRuns();
  const [chosen, setChosen] = useState<string[]>([]);
  const shown = flatten(runs.data);
  const choose = (id: string, on: boolean) =>
    setChosen(on ? [...chosen, id].slice(-MOST_COMPARED) : chosen.filter((one) => one !== id));
  return (
    <Page title={t("runs.title")} lead={t("runs.lead")} actions={<Actions chosen={chosen} />}>
      <Panel flush>
        {runs.isPending && <LoadingRows />}
        {runs.isError && <Failed error={runs.error} onRetry={() => void runs.refetch()} />}
        {runs.isSuccess && shown.length === 0 && (
          <Empty icon={<Sparkles />} title={t("runs.none")}>
            {t("runs.none_text")}
          </Empty>
        )}
        {shown.length > 0 && (
          <Table caption={t("runs.title")} head={COLUMNS.map((column) => t(`columns.${column}`))}>
            {shown.map((run) => (
              <RunRow key={run.id} run={run} chosen={chosen.includes(run.id)} onChoose={choose} />
            ))}
          </Table>
        )}
        <LoadMore pages={runs} />
      </Panel>
    </Page>
  );
}

function Actions({ chosen }: { chosen: string[] }) {
  const { t } = useTranslation("training");
  return (
    <>
      {chosen.length > 1 && (
        <Button asChild>
          <Link to={`/runs/compare?${new URLSearchParams(chosen.map((id) => ["run", id]))}`}>
            <GitCompareArrows className="size-4" aria-hidden />
            {t("runs.compare")}
          </Link>
        </Button>
      )}
      <Button asChild look="primary">
        <Link to="/runs/new">
          <Plus className="size-4" aria-hidden />
          {t("runs.new")}
        </Link>
      </Button>
    </>
  );
}
