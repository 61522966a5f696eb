import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { TextInput } from "@/components/ui/Input";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

import { type SignIn, useSignIn } from "./api/sign-in";
import { AuthFrame } from "./components/AuthFrame";
import { OtherWays } from "./components/OtherWays";
import { pageAfter } from "./next-step";

export function Component() {
  const { t } = useTranslation("account");
  const form = useForm<SignIn>();
  const signIn = useSignIn();
  const go = useNavigate();
  const [query] = useSearchParams();

  const goOn = (step: string | undefined) => void go(pageAfter(step, query.get("next")));
  const submit = form.handleSubmit((values) => signIn.mutate(values, { onSuccess: goOn }));
  const footer = (
    <>
      {t("no_account")}{" "}
      <Link to="/sign-up" className="font-medium text-ink underline underline-offset-4">
        {t("sign_up")}
      </Link>
    </>
  );
  return (
    <AuthFrame title={t("sign_in")} footer={footer}>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        {signIn.isError && <Notice tone="bad">{errorText(signIn.error)}</Notice>}
        <TextInput
          label={t("email")}
          type="email"
          autoComplete="username"
          required
          error={form.formState.errors.email && t("email_needed")}
          {...form.register("email", { required: true })}
        />
        <TextInput
          label={t("password")}
          type="password"
          autoComplete="current-password"
          required
          error={form.formState.errors.password && t("password_needed")}
          {...form.register("password", { required: true })}
        />
        <Button type="submit" look="primary" size="lg" busy={signIn.isPending}>
          {t("sign_in")}
        </Button>
        <Link to="/reset-password" className="w-fit text-sm text-muted underline underline-offset-4">
          {t("reset.link")}
        </Link>
      </form>
      <OtherWays onDone={goOn} />
    </AuthFrame>
  );
}
