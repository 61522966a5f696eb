import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";

import { usePayFormula } from "../api/get-pay-formula";
import { Coverage } from "./Coverage";
import { PayCalculator } from "./PayCalculator";

export function PayPanel({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation("board");
  const formula = usePayFormula(campaignId);
  return (
    <>
      <Panel title={t("pay.title")}>
        {formula.isPending && <LoadingRows rows={3} />}
        {formula.isError && <Failed error={formula.error} onRetry={() => void formula.refetch()} />}
        {formula.isSuccess && <PayCalculator formula={formula.data} />}
      </Panel>
      {formula.data && formula.data.wanted.length > 0 && <Coverage wanted={formula.data.wanted} />}
    </>
  );
}
