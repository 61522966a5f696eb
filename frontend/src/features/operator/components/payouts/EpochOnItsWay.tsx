import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { Ago, Stat, Tokens } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { toast, toastError } from "@/components/ui/Toasts";

import { type Epoch, type Payouts, usePayoutStep } from "../../api/payouts";
import { CancelEpochDialog } from "./CancelEpochDialog";
import { EpochStatus } from "./EpochStatus";
import { IntentLine } from "./IntentLine";

/** The newest epoch with the steps it still has to take, and the next one's beginning. */
export function EpochOnItsWay({ payouts }: { payouts: Payouts }) {
  const { t } = useTranslation("operator");
  const { epoch } = payouts;
  const signed = payouts.open_intents.some(({ kind, status }) => kind === "propose" && status === "sent");
  const underWay = epoch?.status === "frozen" || epoch?.status === "proposed";
  return (
    <Panel
      title={t(underWay ? "payouts.on_its_way" : "payouts.epoch")}
      flush
      actions={!underWay && !payouts.paused_at && <Freeze />}
    >
      {epoch ? (
        <EpochFigures epoch={epoch} />
      ) : (
        <p className="px-5 py-4 text-sm text-muted">{t("payouts.no_epoch")}</p>
      )}
      {payouts.open_intents.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {payouts.open_intents.map((intent) => (
            <li key={intent.id}>
              <IntentLine intent={intent} />
            </li>
          ))}
        </ul>
      )}
      {epoch?.status === "frozen" && !signed && <Cancel epoch={epoch} />}
    </Panel>
  );
}

function EpochFigures({ epoch }: { epoch: Epoch }) {
  const { t } = useTranslation("operator");
  return (
    <div className="grid gap-5 p-5">
      <dl className="grid grid-cols-2 gap-6 lg:grid-cols-4">
        <Stat label={t("payouts.number")}>
          <span className="figures">{epoch.number}</span>
        </Stat>
        <Stat label={t("payouts.status")}>
          <EpochStatus epoch={epoch} />
        </Stat>
        <Stat label={t("payouts.total")}>
          <Tokens wei={epoch.total_wei} places={2} />
        </Stat>
        <Stat label={t("payouts.people")}>
          <span className="figures">{epoch.leaf_count}</span>
        </Stat>
      </dl>
      <p className="text-sm text-muted">
        {t(`payouts.next.${epoch.status ?? "frozen"}`)}{" "}
        {epoch.status === "proposed" && epoch.activatable_at && <Ago at={epoch.activatable_at} />}
      </p>
    </div>
  );
}

function Freeze() {
  const { t } = useTranslation("operator");
  const freeze = usePayoutStep("freeze");
  return (
    <Confirm
      danger={false}
      trigger={
        <Button size="sm" busy={freeze.isPending}>
          {t("payouts.freeze")}
        </Button>
      }
      title={t("payouts.freeze_title")}
      action={t("payouts.freeze")}
      onConfirm={() =>
        freeze.mutate(undefined, { onSuccess: () => toast(t("payouts.frozen")), onError: toastError })
      }
    >
      {t("payouts.freeze_text")}
    </Confirm>
  );
}

function Cancel({ epoch }: { epoch: Epoch }) {
  const { t } = useTranslation("operator");
  const [asking, setAsking] = useState(false);
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-3">
      <p className="text-sm text-muted">{t("payouts.cancellable")}</p>
      <Button size="sm" look="danger" onClick={() => setAsking(true)}>
        {t("payouts.cancel")}
      </Button>
      {asking && <CancelEpochDialog epoch={epoch} onClose={() => setAsking(false)} />}
    </div>
  );
}
