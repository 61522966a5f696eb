import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { percent, useLocale } from "@/lib/format";
import { hasRole, useSignedIn } from "@/lib/session";

import { type Standing, useLeaderboard } from "../api/get-leaderboard";

const WEAKEST = 4;

/** How models stand among those that they were judged with, with intervals and the number of votes. */
export function Leaderboard() {
  const { t } = useTranslation("arena");
  const board = useLeaderboard();
  return (
    <Panel title={t("board.title")} flush>
      {board.isPending && <LoadingRows rows={3} />}
      {board.isError && <Failed error={board.error} onRetry={() => void board.refetch()} />}
      {board.isSuccess && board.data.length === 0 && (
        <Empty title={t("board.empty")}>{t("board.empty_text")}</Empty>
      )}
      {board.data && board.data.length > 0 && (
        <Table
          caption={t("board.title")}
          head={["model", "rating", "wins", "votes", "scenes"].map((column) => t(`board.${column}`))}
        >
          {board.data.map((standing) => (
            <Row key={`${standing.model} ${standing.adapter}`} standing={standing} />
          ))}
        </Table>
      )}
    </Panel>
  );
}

function Row({ standing }: { standing: Standing }) {
  const locale = useLocale();
  const { model, adapter, rating, rating_low, rating_high, win_rate, low, high, n, scenes } = standing;
  return (
    <tr>
      <Cell>
        <span className="figures">{model}</span>
        {adapter && <span className="figures block text-xs text-muted">{adapter.slice(0, 8)}</span>}
      </Cell>
      <Cell>
        <span className="figures">{rating.toFixed(0)}</span>{" "}
        <span className="figures text-xs text-muted">
          {rating_low.toFixed(0)}–{rating_high.toFixed(0)}
        </span>
      </Cell>
      <Cell>
        <span className="figures">{percent(win_rate, locale)}</span>{" "}
        <span className="figures text-xs text-muted">
          {percent(low, locale)}–{percent(high, locale)}
        </span>
      </Cell>
      <Cell className="figures">{n}</Cell>
      <Cell>
        <ul className="flex flex-wrap gap-1.5">
          {scenes.slice(0, WEAKEST).map((scene) => (
            <Scene key={scene.scene_type} scene={scene} />
          ))}
        </ul>
      </Cell>
    </tr>
  );
}

/** A kind of scene, and the way to more data of it where models lose on it. */
function Scene({ scene }: { scene: Standing["scenes"][number] }) {
  const { t } = useTranslation("arena");
  const locale = useLocale();
  const me = useSignedIn();
  const { scene_type, win_rate: wins, n: votes, weak, campaign } = scene;
  const name = scene_type.replaceAll("_", " ");
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={weak ? "warn" : "neutral"}>
        <span dir="ltr">{name}</span>
        <span className="figures">
          {percent(wins, locale)} · {votes}
        </span>
        {weak && <span>{t("board.weak")}</span>}
      </Badge>
      {campaign && hasRole(me, "engineer", "operator") && (
        <Link
          to="/campaigns/new"
          state={{ campaign }}
          aria-label={t("board.more_of", { scene: name })}
          className="text-xs underline underline-offset-4"
        >
          {t("board.more")}
        </Link>
      )}
    </li>
  );
}
