import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { CopyText } from "@/components/ui/CopyText";
import { TextInput } from "@/components/ui/Input";
import { QrCode } from "@/components/ui/QrCode";
import { toast } from "@/components/ui/Toasts";
import { errorText } from "@/lib/errors";

import { type NewTotp, useActivateTotp, useBeginTotp, useRemoveTotp } from "../api/authenticators";
import { ProveAgain } from "../api/manage";
import type { WithProof } from "../hooks/useProof";
import { quietly } from "./Passkeys";
import { Section } from "./Section";

/** One-time codes of an authenticator app (TOTP). */
export function OneTimeCodes({ active, withProof }: { active: boolean; withProof: WithProof }) {
  const { t } = useTranslation("account");
  const begin = useBeginTotp(withProof);
  const remove = useRemoveTotp(withProof);
  return (
    <Section title={t("totp.title")} text={t("totp.text")}>
      {active && (
        <div className="flex items-center gap-4">
          <Badge tone="good">{t("totp.active")}</Badge>
          <Confirm
            trigger={<Button size="sm">{t("totp.remove")}</Button>}
            title={t("totp.remove_title")}
            action={t("totp.remove")}
            onConfirm={() => remove.mutate(undefined, { onError: quietly })}
          >
            {t("totp.remove_text")}
          </Confirm>
        </div>
      )}
      {!active && !begin.data && (
        <Button
          className="justify-self-start"
          busy={begin.isPending}
          onClick={() => begin.mutate(undefined, { onError: quietly })}
        >
          {t("totp.begin")}
        </Button>
      )}
      {!active && begin.data && <Activate totp={begin.data} withProof={withProof} />}
    </Section>
  );
}

function Activate({ totp, withProof }: { totp: NewTotp; withProof: WithProof }) {
  const { t } = useTranslation("account");
  const [code, setCode] = useState("");
  const activate = useActivateTotp(withProof);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    activate.mutate(code.trim(), { onSuccess: () => toast(t("totp.done")) });
  };
  const failed = activate.isError && !(activate.error instanceof ProveAgain);
  return (
    <form onSubmit={submit} className="grid max-w-md gap-4" noValidate>
      <p className="text-sm">{t("totp.secret")}</p>
      <QrCode text={totp.totp_url} label={t("totp.qr")} />
      <CopyText text={totp.secret} />
      <a href={totp.totp_url} className="text-sm underline underline-offset-4">
        {t("totp.open")}
      </a>
      <TextInput
        label={t("second.code")}
        inputMode="numeric"
        autoComplete="one-time-code"
        className="figures tracking-[0.3em]"
        value={code}
        error={failed ? errorText(activate.error) : undefined}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" look="primary" className="justify-self-start" busy={activate.isPending}>
        {t("totp.activate")}
      </Button>
    </form>
  );
}
