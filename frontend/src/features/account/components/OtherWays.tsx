import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/states";
import { WalletButtons } from "@/components/ui/WalletButtons";
import { errorText } from "@/lib/errors";
import { declined, passkeysWork } from "@/lib/passkeys";
import { refusedByPerson } from "@/lib/wallet";

import { usePasskey } from "../api/passkeys";
import { useSignInByWallet } from "../api/sign-in-by-wallet";

/** In without a password: a passkey, or a wallet that was linked before. */
export function OtherWays({ onDone }: { onDone: (step: string | undefined) => void }) {
  const { t } = useTranslation("account");
  const passkey = usePasskey("auth/webauthn/login");
  const wallet = useSignInByWallet();
  const failed = [passkey.error, wallet.error].find(
    (error) => error && !declined(error) && !refusedByPerson(error),
  );
  return (
    <div className="grid gap-3">
      <div className="flex items-center gap-3 text-xs text-muted">
        <span className="h-px grow bg-line" aria-hidden />
        {t("or")}
        <span className="h-px grow bg-line" aria-hidden />
      </div>
      {failed && <Notice tone="bad">{errorText(failed)}</Notice>}
      {passkeysWork() && (
        <Button
          size="lg"
          icon={<KeyRound className="size-4" />}
          busy={passkey.isPending}
          onClick={() => passkey.mutate(undefined, { onSuccess: onDone })}
        >
          {t("passkey.sign_in")}
        </Button>
      )}
      <WalletButtons
        label={(name) => t("wallet.sign_in", { name })}
        busy={wallet.isPending}
        onChoose={(chosen) => wallet.mutate(chosen, { onSuccess: onDone })}
      />
    </div>
  );
}
