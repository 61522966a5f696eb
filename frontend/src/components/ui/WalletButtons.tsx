import { Wallet as WalletIcon } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useWallets, type Wallet } from "@/lib/wallet";

import { Button } from "./Button";

type Props = { label: (wallet: string) => string; busy: boolean; onChoose: (wallet: Wallet) => void };

/** A button for each wallet of this browser, or a word about there being none. */
export function WalletButtons({ label, busy, onChoose }: Props) {
  const { t } = useTranslation();
  const wallets = useWallets();
  if (wallets.length === 0) return <p className="text-sm text-muted">{t("no_wallet")}</p>;
  return (
    <div className="grid gap-2">
      {wallets.map((wallet) => (
        <Button
          key={wallet.id}
          size="lg"
          busy={busy}
          icon={
            wallet.icon?.startsWith("data:image/") ? (
              <img src={wallet.icon} alt="" className="size-5 rounded-sm" />
            ) : (
              <WalletIcon className="size-4" />
            )
          }
          onClick={() => onChoose(wallet)}
        >
          {label(wallet.name)}
        </Button>
      ))}
    </div>
  );
}
