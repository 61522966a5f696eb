import { OctagonAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Ago } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { toast, toastError } from "@/components/ui/Toasts";

import { type Payouts, usePayoutStep } from "../../api/payouts";

/** Why nothing is published, and the way out: find the cause, compare, resume. */
export function Paused({ payouts }: { payouts: Payouts }) {
  const { t } = useTranslation("operator");
  const reconcile = usePayoutStep("reconcile");
  const resume = usePayoutStep("resume");
  const { reconciliation, paused_at: since } = payouts;
  const compared = Boolean(reconciliation && since && reconciliation.at > since);
  const agrees = compared && ((reconciliation?.findings ?? []) as unknown[]).length === 0;
  return (
    <Panel className="border-bad/40">
      <div className="flex gap-3">
        <OctagonAlert className="size-5 shrink-0 text-bad" aria-hidden />
        <div className="grid min-w-0 gap-3 text-sm">
          <h2 className="text-base">{t("payouts.paused_title")}</h2>
          <p dir="auto">{payouts.pause_reason}</p>
          <p className="text-muted">
            {t("payouts.paused_since")} {since && <Ago at={since} />}. {t("payouts.claims_go_on")}
          </p>
          <ol className="grid list-decimal gap-1.5 ps-5 text-muted">
            <li>{t("payouts.way_1")}</li>
            <li>{t("payouts.way_2")}</li>
            <li>{t("payouts.way_3")}</li>
          </ol>
          <div className="flex flex-wrap gap-2 pt-1">
            <Button
              busy={reconcile.isPending}
              onClick={() =>
                reconcile.mutate(undefined, {
                  onSuccess: () => toast(t("payouts.asked")),
                  onError: toastError,
                })
              }
            >
              {t("payouts.reconcile")}
            </Button>
            <Button
              look="primary"
              disabled={!agrees}
              busy={resume.isPending}
              onClick={() =>
                resume.mutate(undefined, {
                  onSuccess: () => toast(t("payouts.resumed")),
                  onError: toastError,
                })
              }
            >
              {t("payouts.resume")}
            </Button>
          </div>
          {!agrees && (
            <p className="text-xs text-muted">
              {t(compared ? "payouts.still_differs" : "payouts.compare_first")}
            </p>
          )}
        </div>
      </div>
    </Panel>
  );
}
