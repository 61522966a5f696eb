import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { Ago, Stat, Tokens } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";
import { toast, toastError } from "@/components/ui/Toasts";

import { type Payouts as Standing, usePayouts, usePayoutStep } from "../api/payouts";

/** How publication stands, and the operator's hand on it. */
export function Payouts() {
  const payouts = usePayouts();
  if (payouts.isPending) return <LoadingRows />;
  if (payouts.isError) return <Failed error={payouts.error} onRetry={() => void payouts.refetch()} />;
  return <PayoutsView payouts={payouts.data} />;
}

function PayoutsView({ payouts }: { payouts: Standing }) {
  const { t } = useTranslation("operator");
  const { epoch, reconciliation } = payouts;
  const findings = (reconciliation?.findings ?? []) as unknown[];
  return (
    <div className="grid gap-6">
      {payouts.paused_at && (
        <Notice tone="bad">{t("payouts.paused", { reason: payouts.pause_reason })}</Notice>
      )}
      <Steps paused={Boolean(payouts.paused_at)} />
      <Panel title={t("payouts.epoch")}>
        {epoch ? (
          <dl className="grid grid-cols-2 gap-6 lg:grid-cols-4">
            <Stat label={t("payouts.number")}>
              <span className="figures">{epoch.number}</span>
            </Stat>
            <Stat label={t("payouts.status")}>
              <Badge tone="info">{t(`payouts.is.${epoch.status}`)}</Badge>
            </Stat>
            <Stat label={t("payouts.total")}>
              <Tokens wei={epoch.total_wei} />
            </Stat>
            <Stat label={t("payouts.people")}>
              <span className="figures">{epoch.leaf_count}</span>
            </Stat>
          </dl>
        ) : (
          <p className="text-sm text-muted">{t("payouts.no_epoch")}</p>
        )}
      </Panel>
      <Panel title={t("payouts.reconciliation")}>
        {!reconciliation && <p className="text-sm text-muted">{t("payouts.never")}</p>}
        {reconciliation && (
          <div className="grid gap-3 text-sm">
            <p>
              <Badge tone={findings.length ? "bad" : "good"}>
                {t(findings.length ? "payouts.differs" : "payouts.agrees")}
              </Badge>{" "}
              <Ago at={reconciliation.at} />
            </p>
            {findings.map((finding, place) => (
              <code key={place} className="figures [overflow-wrap:anywhere]">
                {typeof finding === "string" ? finding : JSON.stringify(finding)}
              </code>
            ))}
          </div>
        )}
      </Panel>
    </div>
  );
}

function Steps({ paused }: { paused: boolean }) {
  const { t } = useTranslation("operator");
  const freeze = usePayoutStep("freeze");
  const reconcile = usePayoutStep("reconcile");
  const resume = usePayoutStep("resume");
  const told = { onSuccess: () => toast(t("payouts.asked")), onError: toastError };
  return (
    <div className="flex flex-wrap gap-2">
      <Confirm
        danger={false}
        trigger={
          <Button look="primary" busy={freeze.isPending}>
            {t("payouts.freeze")}
          </Button>
        }
        title={t("payouts.freeze_title")}
        action={t("payouts.freeze")}
        onConfirm={() => freeze.mutate(undefined, told)}
      >
        {t("payouts.freeze_text")}
      </Confirm>
      <Button busy={reconcile.isPending} onClick={() => reconcile.mutate(undefined, told)}>
        {t("payouts.reconcile")}
      </Button>
      {paused && (
        <Button busy={resume.isPending} onClick={() => resume.mutate(undefined, told)}>
          {t("payouts.resume")}
        </Button>
      )}
    </div>
  );
}
