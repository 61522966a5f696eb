import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";
import { Failed, LoadingRows } from "@/components/ui/states";

import { useOperations } from "./api/operations";
import { FailedSubmissions } from "./components/platform/FailedSubmissions";
import { Queues } from "./components/platform/Queues";
import { Troubles } from "./components/platform/Troubles";
import { Workers } from "./components/platform/Workers";

export function Component() {
  const { t } = useTranslation("operator");
  const operations = useOperations();
  return (
    <Page title={t("tab.platform")} lead={t("lead.platform")}>
      {operations.isPending && <LoadingRows />}
      {operations.isError && <Failed error={operations.error} onRetry={() => void operations.refetch()} />}
      {operations.isSuccess && (
        <div className="grid gap-6">
          <Troubles operations={operations.data} />
          {operations.data.queues.some(({ name, failed }) => name === "submissions" && failed > 0) && (
            <FailedSubmissions />
          )}
          <Queues queues={operations.data.queues} />
          <Workers workers={operations.data.workers} services={operations.data.services} />
        </div>
      )}
    </Page>
  );
}
