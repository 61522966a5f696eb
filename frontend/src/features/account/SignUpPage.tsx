import { KeyRound } from "lucide-react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { TextInput } from "@/components/ui/Input";
import { Notice } from "@/components/ui/states";
import { errorText, fieldError } from "@/lib/errors";
import { passkeysWork } from "@/lib/passkeys";

import type { SignIn } from "./api/sign-in";
import { usePasskeySignUp } from "./api/passkeys";
import { useSignUp } from "./api/sign-up";
import { AuthFrame } from "./components/AuthFrame";
import { pageAfter } from "./next-step";

export function Component() {
  const { t } = useTranslation("account");
  const form = useForm<SignIn>();
  const signUp = useSignUp();
  const byPasskey = usePasskeySignUp();
  const go = useNavigate();
  const goOn = (step: string | undefined) => void go(pageAfter(step, null));
  const submit = form.handleSubmit((values) => signUp.mutate(values, { onSuccess: goOn }));
  const withPasskey = async () => {
    if (await form.trigger("email")) byPasskey.mutate(form.getValues("email"), { onSuccess: goOn });
  };
  const error = signUp.error ?? byPasskey.error;
  const ofFields = fieldError(error, "email") ?? fieldError(error, "password");
  const footer = (
    <>
      {t("have_account")}{" "}
      <Link to="/sign-in" className="font-medium text-ink underline underline-offset-4">
        {t("sign_in")}
      </Link>
    </>
  );
  return (
    <AuthFrame title={t("sign_up_title")} lead={t("sign_up_lead")} footer={footer}>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        {error && !ofFields && <Notice tone="bad">{errorText(error)}</Notice>}
        <TextInput
          label={t("email")}
          type="email"
          autoComplete="username"
          required
          error={(form.formState.errors.email && t("email_needed")) ?? fieldError(error, "email")}
          {...form.register("email", { required: true })}
        />
        <TextInput
          label={t("password")}
          type="password"
          autoComplete="new-password"
          hint={t("password_hint")}
          required
          error={
            (form.formState.errors.password && t("password_needed")) ?? fieldError(signUp.error, "password")
          }
          {...form.register("password", { required: true })}
        />
        <Button type="submit" look="primary" size="lg" busy={signUp.isPending}>
          {t("sign_up")}
        </Button>
        {passkeysWork() && (
          <Button
            size="lg"
            icon={<KeyRound className="size-4" />}
            busy={byPasskey.isPending}
            onClick={() => void withPasskey()}
          >
            {t("passkey.sign_up")}
          </Button>
        )}
      </form>
    </AuthFrame>
  );
}
