import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { TextInput } from "@/components/ui/Input";
import { Notice } from "@/components/ui/states";
import { errorText, fieldError } from "@/lib/errors";

import type { SignIn } from "./api/sign-in";
import { useSignUp } from "./api/sign-up";
import { AuthFrame } from "./components/AuthFrame";

export function Component() {
  const { t } = useTranslation("account");
  const form = useForm<SignIn>();
  const signUp = useSignUp();
  const go = useNavigate();
  const submit = form.handleSubmit((values) =>
    signUp.mutate(values, {
      onSuccess: (step) => void go(step === "verify_email" ? "/verify-email" : "/campaigns"),
    }),
  );
  const ofFields = fieldError(signUp.error, "email") ?? fieldError(signUp.error, "password");
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
        {signUp.isError && !ofFields && <Notice tone="bad">{errorText(signUp.error)}</Notice>}
        <TextInput
          label={t("email")}
          type="email"
          autoComplete="username"
          required
          error={(form.formState.errors.email && t("email_needed")) ?? fieldError(signUp.error, "email")}
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
      </form>
    </AuthFrame>
  );
}
