import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";

import { Audit } from "./components/audit/Audit";

export function Component() {
  const { t } = useTranslation("operator");
  return (
    <Page title={t("tab.audit")} lead={t("lead.audit")}>
      <Audit />
    </Page>
  );
}
