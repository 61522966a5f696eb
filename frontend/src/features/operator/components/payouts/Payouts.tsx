import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { ApiError } from "@/lib/api";

import { type Payouts as Standing, usePayouts } from "../../api/payouts";
import { EpochOnItsWay } from "./EpochOnItsWay";
import { Epochs } from "./Epochs";
import { Paused } from "./Paused";
import { Reconciled } from "./Reconciled";

/** How publication stands, and the operator's hand on it. */
export function Payouts() {
  const { t } = useTranslation("operator");
  const payouts = usePayouts();
  if (payouts.isPending) return <LoadingRows />;
  if (payouts.error instanceof ApiError && payouts.error.code === "no_distributor")
    return (
      <Panel>
        <Empty title={t("payouts.no_distributor")}>{t("payouts.no_distributor_text")}</Empty>
      </Panel>
    );
  if (payouts.isError) return <Failed error={payouts.error} onRetry={() => void payouts.refetch()} />;
  return <PayoutsView payouts={payouts.data} />;
}

function PayoutsView({ payouts }: { payouts: Standing }) {
  return (
    <div className="grid gap-6">
      {payouts.paused_at && <Paused payouts={payouts} />}
      <EpochOnItsWay payouts={payouts} />
      <Reconciled payouts={payouts} />
      <Epochs />
    </div>
  );
}
