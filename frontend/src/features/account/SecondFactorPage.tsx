import { KeyRound } from "lucide-react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { TextInput } from "@/components/ui/Input";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import { declined, passkeysWork } from "@/lib/passkeys";

import { usePasskey } from "./api/passkeys";
import { useSecondFactor } from "./api/second-factor";
import { AuthFrame } from "./components/AuthFrame";
import { pageAfter } from "./next-step";

export function Component() {
  const { t } = useTranslation("account");
  const form = useForm<{ code: string }>();
  const confirm = useSecondFactor();
  const passkey = usePasskey("auth/webauthn/authenticate");
  const go = useNavigate();
  const [query] = useSearchParams();
  const goOn = () => void go(pageAfter(undefined, query.get("next")));
  const submit = form.handleSubmit(({ code }) => confirm.mutate(code.trim(), { onSuccess: goOn }));
  return (
    <AuthFrame title={t("second.title")} lead={t("second.lead")}>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        {passkey.isError && !declined(passkey.error) && (
          <Notice tone="bad">{errorText(passkey.error)}</Notice>
        )}
        <TextInput
          label={t("second.code")}
          hint={t("second.hint")}
          autoComplete="one-time-code"
          className="figures tracking-[0.3em]"
          required
          error={confirm.isError ? errorText(confirm.error) : undefined}
          {...form.register("code", { required: true })}
        />
        <Button type="submit" look="primary" size="lg" busy={confirm.isPending}>
          {t("verify")}
        </Button>
        {passkeysWork() && (
          <Button
            size="lg"
            icon={<KeyRound className="size-4" />}
            busy={passkey.isPending}
            onClick={() => passkey.mutate(undefined, { onSuccess: goOn })}
          >
            {t("passkey.use")}
          </Button>
        )}
      </form>
    </AuthFrame>
  );
}
