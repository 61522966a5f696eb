import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";

import { BalancePanel } from "./components/BalancePanel";
import { ClaimPanel } from "./components/ClaimPanel";
import { Credits } from "./components/Credits";
import { Epochs } from "./components/Epochs";

export function Component() {
  const { t } = useTranslation("earnings");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className="grid gap-6">
        <BalancePanel />
        <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid min-w-0 content-start gap-6">
            <Credits />
            <Epochs />
          </div>
          <aside className="grid content-start gap-6">
            <ClaimPanel />
          </aside>
        </div>
      </div>
    </Page>
  );
}
