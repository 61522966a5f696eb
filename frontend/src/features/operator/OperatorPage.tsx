import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Page } from "@/components/ui/Page";
import { Tabs } from "@/components/ui/Tabs";

import { Audit } from "./components/Audit";
import { Campaigns } from "./components/Campaigns";
import { Payouts } from "./components/Payouts";
import { People } from "./components/People";
import { Reports } from "./components/Reports";

export function Component() {
  const { t } = useTranslation("operator");
  const [query, setQuery] = useSearchParams();
  return (
    <Page title={t("title")}>
      <Tabs
        label={t("title")}
        value={query.get("tab") ?? "campaigns"}
        onChange={(tab) => setQuery({ tab }, { replace: true })}
        tabs={[
          { value: "campaigns", label: t("tab.campaigns"), content: <Campaigns /> },
          { value: "people", label: t("tab.people"), content: <People /> },
          { value: "reports", label: t("tab.reports"), content: <Reports /> },
          { value: "payouts", label: t("tab.payouts"), content: <Payouts /> },
          { value: "audit", label: t("tab.audit"), content: <Audit /> },
        ]}
      />
    </Page>
  );
}
