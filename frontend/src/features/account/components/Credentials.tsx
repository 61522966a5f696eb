import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { TextInput } from "@/components/ui/Input";
import { toast } from "@/components/ui/Toasts";
import { errorText, fieldError } from "@/lib/errors";
import { useSignedIn } from "@/lib/session";

import { type PasswordChange, useChangeEmail, useChangePassword, useConfirmEmail } from "../api/credentials";
import { ProveAgain } from "../api/manage";
import type { WithProof } from "../hooks/useProof";
import { Section } from "./Section";

function told(error: unknown): string | undefined {
  return error && !(error instanceof ProveAgain) ? errorText(error) : undefined;
}

export function Password({ withProof }: { withProof: WithProof }) {
  const { t } = useTranslation("account");
  const form = useForm<PasswordChange>();
  const change = useChangePassword(withProof);
  const submit = form.handleSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        form.reset({ current_password: "", new_password: "" });
        toast(t("credentials.password_done"));
      },
    }),
  );
  return (
    <Section title={t("password")} text={t("credentials.password_text")}>
      <form onSubmit={submit} className="grid max-w-md gap-4" noValidate>
        <TextInput
          label={t("credentials.current")}
          type="password"
          autoComplete="current-password"
          error={fieldError(change.error, "current_password")}
          {...form.register("current_password")}
        />
        <TextInput
          label={t("reset.new")}
          type="password"
          autoComplete="new-password"
          hint={t("password_hint")}
          error={
            fieldError(change.error, "new_password") ??
            (fieldError(change.error, "current_password") ? undefined : told(change.error))
          }
          {...form.register("new_password", { required: true })}
        />
        <Button type="submit" className="justify-self-start" busy={change.isPending}>
          {t("credentials.change_password")}
        </Button>
      </form>
    </Section>
  );
}

export function Email({ withProof }: { withProof: WithProof }) {
  const { t } = useTranslation("account");
  const me = useSignedIn();
  const form = useForm<{ email: string }>();
  const change = useChangeEmail(withProof);
  const submit = form.handleSubmit(({ email }) => change.mutate(email));
  return (
    <Section title={t("email")} text={t("credentials.email_text", { email: me.email })}>
      {change.isSuccess ? (
        <ConfirmEmail onDone={change.reset} />
      ) : (
        <form onSubmit={submit} className="flex max-w-md flex-wrap items-end gap-3" noValidate>
          <TextInput
            label={t("credentials.new_email")}
            type="email"
            autoComplete="email"
            fieldClassName="min-w-60 grow"
            error={told(change.error)}
            {...form.register("email", { required: true })}
          />
          <Button type="submit" busy={change.isPending}>
            {t("reset.send")}
          </Button>
        </form>
      )}
    </Section>
  );
}

function ConfirmEmail({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("account");
  const form = useForm<{ code: string }>();
  const confirm = useConfirmEmail();
  const submit = form.handleSubmit(({ code }) =>
    confirm.mutate(code.trim().toUpperCase(), {
      onSuccess: () => {
        toast(t("credentials.email_done"));
        onDone();
      },
    }),
  );
  return (
    <form onSubmit={submit} className="flex max-w-md flex-wrap items-end gap-3" noValidate>
      <TextInput
        label={t("code")}
        autoComplete="one-time-code"
        fieldClassName="min-w-60 grow"
        className="figures tracking-[0.3em]"
        error={told(confirm.error)}
        {...form.register("code", { required: true })}
      />
      <Button type="submit" look="primary" busy={confirm.isPending}>
        {t("verify")}
      </Button>
    </form>
  );
}
