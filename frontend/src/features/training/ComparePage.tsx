import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { Page } from "@/components/ui/Page";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";

import { metricsQuery } from "./api/read-metrics";
import { runQuery } from "./api/read-run";
import { ConfigTable } from "./components/ConfigTable";
import { Curves } from "./components/Curves";
import { isLive } from "./model/run";

export function Component() {
  const { t } = useTranslation("training");
  const [query] = useSearchParams();
  const ids = query.getAll("run");
  const runs = useQueries({ queries: ids.map(runQuery) });
  const metrics = useQueries({
    queries: ids.map((id, index) => metricsQuery(id, runs[index]?.data ? isLive(runs[index].data) : false)),
  });
  const failed = [...runs, ...metrics].find(({ isError }) => isError);
  const series = ids.map((id, at) => ({ name: id.slice(0, 13), points: metrics[at]?.data ?? [] }));
  const loaded = runs.flatMap(({ data }) => data ?? []);
  return (
    <Page
      title={t("compare.title")}
      eyebrow={
        <Link to="/runs" className="underline-offset-4 hover:underline">
          {t("runs.title")}
        </Link>
      }
    >
      {ids.length === 0 && <Empty title={t("compare.none")}>{t("compare.none_text")}</Empty>}
      {failed && <Failed error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && loaded.length < ids.length && <LoadingRows />}
      {ids.length > 0 && loaded.length === ids.length && (
        <div className="grid gap-6">
          <Curves series={series} title={t("curves.title")} />
          <ConfigTable runs={loaded} />
        </div>
      )}
    </Page>
  );
}
