import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Ago, Tokens } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { toast, toastError } from "@/components/ui/Toasts";

import { type Payouts, type Reconciliation, usePayoutStep } from "../../api/payouts";

type Finding = { code: string; message: string };

/** What must agree, side by side: the contract's word, then the ledger's. */
const PAIRS = [
  ["held", "custody"],
  ["total_allocated", "allocated"],
  ["total_claimed", "paid"],
  ["under_way", "surplus"],
  ["ledger_allocated", "ledger_paid"],
  ["elsewhere_allocated", "elsewhere_paid"],
];

/** The newest comparison of ledger and chain: what was found, and what was compared. */
export function Reconciled({ payouts }: { payouts: Payouts }) {
  const { t } = useTranslation("operator");
  const reconcile = usePayoutStep("reconcile");
  const now = () =>
    reconcile.mutate(undefined, { onSuccess: () => toast(t("payouts.asked")), onError: toastError });
  return (
    <Panel
      title={t("payouts.reconciliation")}
      actions={
        <Button size="sm" busy={reconcile.isPending} onClick={now}>
          {t("payouts.reconcile")}
        </Button>
      }
    >
      {payouts.reconciliation ? (
        <Comparison made={payouts.reconciliation} />
      ) : (
        <p className="text-sm text-muted">{t("payouts.never")}</p>
      )}
    </Panel>
  );
}

function Comparison({ made }: { made: Reconciliation }) {
  const { t } = useTranslation("operator");
  const findings = (made.findings ?? []) as Finding[];
  const figures = (made.figures ?? {}) as Record<string, string>;
  const shown = PAIRS.filter(([name = ""]) => !name.startsWith("elsewhere") || figures[name] !== "0").flat();
  return (
    <div className="grid gap-4 text-sm">
      <p className="flex flex-wrap items-center gap-3">
        <Badge tone={findings.length ? "bad" : "good"}>
          {t(findings.length ? "payouts.differs" : "payouts.agrees")}
        </Badge>
        <span className="text-muted">
          <Ago at={made.at} /> · {t("payouts.block")} <span className="figures">{made.block_number}</span>
        </span>
      </p>
      {findings.map((finding) => (
        <p
          key={`${finding.code} ${finding.message}`}
          className="text-bad [overflow-wrap:anywhere]"
          dir="auto"
        >
          {finding.message}
        </p>
      ))}
      <dl className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
        {shown.map((name) => (
          <div key={name} className="flex items-baseline justify-between gap-4 border-b border-line pb-2">
            <dt className="text-muted">{t(`payouts.figure.${name}`)}</dt>
            <dd>
              <Tokens wei={figures[name] ?? "0"} places={4} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
