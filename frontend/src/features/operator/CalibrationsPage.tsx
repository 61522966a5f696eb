import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";

import { Calibrations } from "./components/calibrations/Calibrations";

export function Component() {
  const { t } = useTranslation("operator");
  return (
    <Page title={t("tab.calibrations")} lead={t("lead.calibrations")}>
      <Calibrations />
    </Page>
  );
}
