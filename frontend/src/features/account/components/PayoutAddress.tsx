import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { CopyText } from "@/components/ui/CopyText";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";
import { toast, toastError } from "@/components/ui/Toasts";
import { WalletButtons } from "@/components/ui/WalletButtons";
import { dateTime, useLocale } from "@/lib/format";

import { type AddressChange, useBePaidAt, useCancelChange, usePayoutAddress } from "../api/payout-address";
import { Section } from "./Section";
import { unlessRefused } from "./Wallets";

/** Where one's tokens go. The new address signs; every change but the first waits, so that a thief is seen in time. */
export function PayoutAddress() {
  const { t } = useTranslation("account");
  const payout = usePayoutAddress();
  const bePaid = useBePaidAt();
  const coming = payout.data?.changes.find(comesLater);
  return (
    <Section title={t("payout.title")} text={t("payout.text")}>
      {payout.isPending && <LoadingRows rows={1} />}
      {payout.isError && <Failed error={payout.error} onRetry={() => void payout.refetch()} />}
      {payout.isSuccess &&
        (payout.data.address ? (
          <CopyText text={payout.data.address} />
        ) : (
          <Notice tone="info">{t("payout.none")}</Notice>
        ))}
      {coming && <Coming change={coming} />}
      <WalletButtons
        label={(name) => t("payout.be_paid", { name })}
        busy={bePaid.isPending}
        onChoose={(wallet) =>
          bePaid.mutate(wallet, { onSuccess: () => toast(t("payout.done")), onError: unlessRefused })
        }
      />
    </Section>
  );
}

function comesLater(change: AddressChange): boolean {
  if (change.status === "cancelled" || change.cancelled_at) return false;
  if (change.status === "asked") return new Date(change.deadline).getTime() > Date.now();
  return !change.effective_at || new Date(change.effective_at).getTime() > Date.now();
}

function Coming({ change }: { change: AddressChange }) {
  const { t } = useTranslation("account");
  const locale = useLocale();
  const cancel = useCancelChange();
  const at = change.effective_at && dateTime(change.effective_at, locale);
  return (
    <div className="grid gap-3 rounded-lg border border-warn/40 bg-warn-soft p-4 text-sm">
      <p>
        {at
          ? t("payout.coming", { at })
          : t(change.status === "asked" ? "payout.unsigned" : "payout.waiting")}
      </p>
      <code className="figures [overflow-wrap:anywhere]">{change.address}</code>
      <Button
        size="sm"
        className="justify-self-start"
        busy={cancel.isPending}
        onClick={() => cancel.mutate(change.id, { onError: toastError })}
      >
        {t("payout.cancel")}
      </Button>
    </div>
  );
}
