import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { TextInput } from "@/components/ui/Input";
import { Notice } from "@/components/ui/states";
import { toast } from "@/components/ui/Toasts";
import { errorText, fieldError } from "@/lib/errors";

import { useRequestReset, useResetPassword } from "./api/reset-password";
import { AuthFrame } from "./components/AuthFrame";

export function Component() {
  const { t } = useTranslation("account");
  const [asked, setAsked] = useState(false);
  return (
    <AuthFrame title={t("reset.title")} lead={t(asked ? "reset.sent" : "reset.lead")}>
      {asked ? <NewPassword /> : <AskForCode onAsked={() => setAsked(true)} />}
    </AuthFrame>
  );
}

function AskForCode({ onAsked }: { onAsked: () => void }) {
  const { t } = useTranslation("account");
  const form = useForm<{ email: string }>();
  const request = useRequestReset();
  const submit = form.handleSubmit(({ email }) => request.mutate(email, { onSuccess: onAsked }));
  return (
    <form onSubmit={submit} className="grid gap-4" noValidate>
      <TextInput
        label={t("email")}
        type="email"
        autoComplete="username"
        required
        error={
          (form.formState.errors.email && t("email_needed")) ??
          (request.isError ? errorText(request.error) : undefined)
        }
        {...form.register("email", { required: true })}
      />
      <Button type="submit" look="primary" size="lg" busy={request.isPending}>
        {t("reset.send")}
      </Button>
    </form>
  );
}

function NewPassword() {
  const { t } = useTranslation("account");
  const form = useForm<{ key: string; password: string }>();
  const reset = useResetPassword();
  const go = useNavigate();
  const submit = form.handleSubmit(({ key, password }) =>
    reset.mutate(
      { key: key.trim().toUpperCase(), password },
      {
        onSuccess: () => {
          toast(t("reset.done"));
          void go("/sign-in");
        },
      },
    ),
  );
  const ofFields = fieldError(reset.error, "key") ?? fieldError(reset.error, "password");
  return (
    <form onSubmit={submit} className="grid gap-4" noValidate>
      {reset.isError && !ofFields && <Notice tone="bad">{errorText(reset.error)}</Notice>}
      <TextInput
        label={t("code")}
        autoComplete="one-time-code"
        className="figures tracking-[0.3em]"
        required
        error={fieldError(reset.error, "key")}
        {...form.register("key", { required: true })}
      />
      <TextInput
        label={t("reset.new")}
        type="password"
        autoComplete="new-password"
        hint={t("password_hint")}
        required
        error={fieldError(reset.error, "password")}
        {...form.register("password", { required: true })}
      />
      <Button type="submit" look="primary" size="lg" busy={reset.isPending}>
        {t("reset.set")}
      </Button>
    </form>
  );
}
