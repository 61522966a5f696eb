import { Unlink } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Confirm } from "@/components/ui/Confirm";
import { IconButton } from "@/components/ui/IconButton";
import { Failed, LoadingRows } from "@/components/ui/states";
import { toast, toastError } from "@/components/ui/Toasts";
import { WalletButtons } from "@/components/ui/WalletButtons";
import { dateTime, useLocale } from "@/lib/format";
import { refusedByPerson } from "@/lib/wallet";

import { useLinkedWallets, useLinkWallet, useUnlinkWallet } from "../api/wallets";
import { Section } from "./Section";

export function unlessRefused(error: unknown): void {
  if (!refusedByPerson(error)) toastError(error);
}

/** Wallets that sign in. Where one is paid is another matter. */
export function Wallets() {
  const { t } = useTranslation("account");
  const locale = useLocale();
  const linked = useLinkedWallets();
  const link = useLinkWallet();
  const unlink = useUnlinkWallet();
  return (
    <Section title={t("wallet.title")} text={t("wallet.text")}>
      {linked.isPending && <LoadingRows rows={1} />}
      {linked.isError && <Failed error={linked.error} onRetry={() => void linked.refetch()} />}
      {linked.data && linked.data.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
          {linked.data.map((wallet) => (
            <li key={wallet.id} className="flex items-center justify-between gap-4 px-4 py-2.5">
              <div className="grid min-w-0">
                <span className="figures truncate text-sm">{wallet.address}</span>
                <span className="text-xs text-muted">
                  {t("since", { at: dateTime(wallet.linked_at, locale) })}
                </span>
              </div>
              <Confirm
                trigger={<IconButton label={t("wallet.unlink")} icon={<Unlink />} />}
                title={t("wallet.unlink_title")}
                action={t("wallet.unlink")}
                onConfirm={() => unlink.mutate(wallet.id, { onError: toastError })}
              >
                {t("wallet.unlink_text")}
              </Confirm>
            </li>
          ))}
        </ul>
      )}
      <WalletButtons
        label={(name) => t("wallet.link", { name })}
        busy={link.isPending}
        onChoose={(wallet) =>
          link.mutate(wallet, { onSuccess: () => toast(t("wallet.linked")), onError: unlessRefused })
        }
      />
    </Section>
  );
}
