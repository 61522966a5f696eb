import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";

import { useWaiting } from "./api/read-waiting";
import { Disputes } from "./components/Disputes";
import { Judged } from "./components/Judged";
import { OwnFigures } from "./components/OwnFigures";
import { OwnStanding } from "./components/OwnStanding";
import { WaitingRow } from "./components/WaitingRow";

export function Component() {
  const { t } = useTranslation("review");
  const waiting = useWaiting();
  const all = waiting.data?.reduce((sum, { waiting: count }) => sum + count, 0) ?? 0;
  return (
    <Page
      title={t("queue.page")}
      lead={t("queue.lead")}
      actions={
        all > 0 && (
          <Button asChild look="primary" size="lg">
            <Link to="/review/desk">{t("queue.start", { count: all })}</Link>
          </Button>
        )
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-6">
          <Panel title={t("queue.waiting")} flush>
            {waiting.isPending && <LoadingRows rows={3} />}
            {waiting.isError && <Failed error={waiting.error} onRetry={() => void waiting.refetch()} />}
            {waiting.data?.length === 0 && <Empty title={t("nothing.title")}>{t("nothing.text")}</Empty>}
            <ul>
              {waiting.data?.map((campaign) => (
                <WaitingRow key={campaign.campaign} campaign={campaign} />
              ))}
            </ul>
          </Panel>
          <Disputes />
          <Judged />
        </div>
        <div className="grid min-w-0 gap-6">
          <OwnFigures />
          <OwnStanding />
        </div>
      </div>
    </Page>
  );
}
