import { useTranslation } from "react-i18next";

import { Stat, Tokens } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";

import { useBalance } from "../api/get-balance";

const PARTS = ["accrued", "allocated", "paid", "held", "waiting"] as const;
type Part = (typeof PARTS)[number] | "owed_back";

/** What is owed, what can be claimed, what arrived, what is held or waits, and what has to be given back. */
export function BalancePanel() {
  const { t } = useTranslation("earnings");
  const balance = useBalance();
  const owesBack = balance.data && BigInt(balance.data.owed_back_wei) > 0n;
  const parts: Part[] = owesBack ? [...PARTS, "owed_back"] : [...PARTS];
  return (
    <Panel>
      {balance.isPending && <LoadingRows rows={1} />}
      {balance.isError && <Failed error={balance.error} onRetry={() => void balance.refetch()} />}
      {balance.isSuccess && (
        <dl className="grid grid-cols-2 gap-6 lg:grid-cols-5">
          {parts.map((part) => (
            <Stat key={part} label={t(`balance.${part}`)} hint={t(`balance.${part}_hint`)}>
              <Tokens wei={balance.data[`${part}_wei`]} />
            </Stat>
          ))}
        </dl>
      )}
    </Panel>
  );
}
