import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";

import { Payouts } from "./components/payouts/Payouts";

export function Component() {
  const { t } = useTranslation("operator");
  return (
    <Page title={t("tab.payouts")} lead={t("lead.payouts")}>
      <Payouts />
    </Page>
  );
}
