import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextInput } from "@/components/ui/Input";
import { errorText } from "@/lib/errors";
import { declined, passkeysWork } from "@/lib/passkeys";

import { useProveByCode, useProveByPasskey, useProveByPassword } from "../api/reauthenticate";

type Props = { ways: string[]; onSettled: (proved: boolean) => void };

/** Asks for the password, a one-time code or a passkey, whichever the account has. */
export function ProofDialog({ ways, onSettled }: Props) {
  const { t } = useTranslation("account");
  const [typed, setTyped] = useState("");
  const byPassword = useProveByPassword();
  const byCode = useProveByCode();
  const byPasskey = useProveByPasskey();
  const password = ways.includes("reauthenticate");
  const typedWay = password ? byPassword : byCode;
  const done = { onSuccess: () => onSettled(true) };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    typedWay.mutate(typed.trim(), done);
  };
  const error = [typedWay.error, byPasskey.error].find((one) => one && !declined(one));
  const passkey = passkeysWork() && ways.some((way) => way.startsWith("mfa"));
  return (
    <Dialog open onOpenChange={() => onSettled(false)} title={t("proof.title")} description={t("proof.lead")}>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        <TextInput
          label={t(password ? "password" : "second.code")}
          type={password ? "password" : "text"}
          autoComplete={password ? "current-password" : "one-time-code"}
          value={typed}
          error={error ? errorText(error) : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        <div className="flex flex-wrap justify-end gap-2">
          {passkey && (
            <Button
              icon={<KeyRound className="size-4" />}
              busy={byPasskey.isPending}
              onClick={() => byPasskey.mutate(undefined, done)}
            >
              {t("passkey.use")}
            </Button>
          )}
          <Button type="submit" look="primary" busy={typedWay.isPending} disabled={!typed}>
            {t("verify")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
