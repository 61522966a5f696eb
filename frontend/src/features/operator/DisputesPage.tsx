import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";

import { Disputes } from "./components/disputes/Disputes";

export function Component() {
  const { t } = useTranslation("operator");
  return (
    <Page title={t("tab.disputes")} lead={t("lead.disputes")}>
      <Disputes />
    </Page>
  );
}
