import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Ago } from "@/components/ui/figures";
import { Progress } from "@/components/ui/Progress";
import { Cell } from "@/components/ui/Table";

import type { Run } from "../api/list-runs";
import { RUN_TONES } from "../model/run";

type Props = { run: Run; chosen: boolean; onChoose: (id: string, on: boolean) => void };

export function RunRow({ run, chosen, onChoose }: Props) {
  const { t } = useTranslation("training");
  const status = run.status ?? "queued";
  const name = run.id.slice(0, 13);
  return (
    <tr>
      <Cell>
        <input
          type="checkbox"
          aria-label={t("runs.choose", { run: name })}
          checked={chosen}
          onChange={(event) => onChoose(run.id, event.target.checked)}
          className="size-4 accent-(--ink)"
        />
      </Cell>
      <Cell>
        <Link to={`/runs/${run.id}`} className="figures font-medium underline-offset-4 hover:underline">
          {name}
        </Link>
      </Cell>
      <Cell>
        <Badge tone={RUN_TONES[status]}>{t(`status.${status}`)}</Badge>
      </Cell>
      <Cell className="min-w-36">
        <div className="grid gap-1">
          <Progress value={(run.step ?? 0) / run.steps} label={t("columns.progress")} />
          <span className="figures text-xs text-muted">
            {run.step ?? 0} / {run.steps}
          </span>
        </div>
      </Cell>
      <Cell className="figures">{run.base}</Cell>
      <Cell className="figures">{run.device || "–"}</Cell>
      <Cell>
        <Ago at={run.created_at} />
      </Cell>
    </tr>
  );
}
