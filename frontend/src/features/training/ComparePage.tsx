import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { Page } from "@/components/ui/Page";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";

import { useComparison } from "./api/compare-runs";
import { ConfigTable } from "./components/ConfigTable";
import { Curves } from "./components/Curves";
import { Samples } from "./components/Samples";

/** Enough of a run's id to tell it from others, as the curves' legend shows it. */
const shortOf = (run: { id: string }) => run.id.slice(0, 13);

export function Component() {
  const { t } = useTranslation("training");
  const [query] = useSearchParams();
  const ids = query.getAll("run");
  const compared = useComparison(ids);
  const series = useMemo(
    () => compared.data?.map(({ run, points }) => ({ name: shortOf(run), points })) ?? [],
    [compared.data],
  );
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
      {compared.isLoading && <LoadingRows />}
      {compared.isError && <Failed error={compared.error} onRetry={() => void compared.refetch()} />}
      {compared.data && (
        <div className="grid gap-6">
          <Curves series={series} title={t("curves.title")} />
          <div className="grid gap-6 xl:grid-cols-2">
            {compared.data.map(({ run }) => (
              <Samples
                key={run.id}
                run={run.id}
                live={false}
                title={t("samples.of", { run: shortOf(run) })}
              />
            ))}
          </div>
          <ConfigTable runs={compared.data.map(({ run }) => run)} />
        </div>
      )}
    </Page>
  );
}
