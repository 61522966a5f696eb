import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";

import { Leaderboard } from "./components/Leaderboard";
import { Voting } from "./components/Voting";

export function Component() {
  const { t } = useTranslation("arena");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className="grid gap-8">
        <Voting />
        <Leaderboard />
      </div>
    </Page>
  );
}
