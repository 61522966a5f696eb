import { Database } from "lucide-react";
import { useTranslation } from "react-i18next";

import { LoadMore } from "@/components/ui/LoadMore";
import { Page } from "@/components/ui/Page";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { useDatasets } from "./api/list-datasets";
import { DatasetPanel } from "./components/DatasetPanel";
import { ExploreWays } from "./components/ExploreWays";
import { NewDataset } from "./components/NewDataset";

export function Component() {
  const { t } = useTranslation("explore");
  const datasets = useDatasets();
  const shown = flatten(datasets.data);
  return (
    <Page title={t("datasets.title")} lead={t("datasets.lead")} actions={<NewDataset />}>
      <ExploreWays />
      {datasets.isPending && <LoadingRows />}
      {datasets.isError && <Failed error={datasets.error} onRetry={() => void datasets.refetch()} />}
      {datasets.isSuccess && shown.length === 0 && (
        <Empty icon={<Database />} title={t("datasets.none")} action={<NewDataset />}>
          {t("datasets.none_text")}
        </Empty>
      )}
      <div className="grid gap-6">
        {shown.map((dataset) => (
          <DatasetPanel key={dataset.id} dataset={dataset} />
        ))}
      </div>
      <LoadMore pages={datasets} />
    </Page>
  );
}
