import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Page } from "@/components/ui/Page";
import { Failed, LoadingRows } from "@/components/ui/states";

import { useConfigSchema } from "./api/read-config-schema";
import { NewRunForm } from "./components/NewRunForm";

export function Component() {
  const { t } = useTranslation("training");
  const schema = useConfigSchema();
  return (
    <Page
      narrow
      title={t("new.title")}
      lead={t("new.lead")}
      eyebrow={
        <Link to="/runs" className="underline-offset-4 hover:underline">
          {t("runs.title")}
        </Link>
      }
    >
      {schema.isPending && <LoadingRows />}
      {schema.isError && <Failed error={schema.error} onRetry={() => void schema.refetch()} />}
      {schema.data && <NewRunForm {...schema.data} />}
    </Page>
  );
}
