import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";

import { People } from "./components/people/People";

export function Component() {
  const { t } = useTranslation("operator");
  return (
    <Page title={t("tab.people")} lead={t("lead.people")}>
      <People />
    </Page>
  );
}
