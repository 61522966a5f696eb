import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";

import { Reports } from "./components/reports/Reports";

export function Component() {
  const { t } = useTranslation("operator");
  return (
    <Page title={t("tab.reports")} lead={t("lead.reports")}>
      <Reports />
    </Page>
  );
}
