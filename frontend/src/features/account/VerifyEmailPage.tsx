import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { TextInput } from "@/components/ui/Input";
import { toast, toastError } from "@/components/ui/Toasts";
import { errorText } from "@/lib/errors";

import { useResendCode, useVerifyEmail } from "./api/verify-email";
import { AuthFrame } from "./components/AuthFrame";
import { pageAfter } from "./next-step";

export function Component() {
  const { t } = useTranslation("account");
  const form = useForm<{ code: string }>();
  const verify = useVerifyEmail();
  const resend = useResendCode();
  const go = useNavigate();
  const [query] = useSearchParams();
  const submit = form.handleSubmit(({ code }) =>
    verify.mutate(code.trim().toUpperCase(), {
      onSuccess: (step) => void go(pageAfter(step, query.get("next"))),
    }),
  );
  const again = () =>
    resend.mutate(undefined, { onSuccess: () => toast(t("code_sent")), onError: toastError });
  return (
    <AuthFrame title={t("verify_title")} lead={t("verify_lead")}>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        <TextInput
          label={t("code")}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          className="figures tracking-[0.3em]"
          required
          error={verify.isError ? errorText(verify.error) : undefined}
          {...form.register("code", { required: true })}
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="primary" size="lg" busy={verify.isPending}>
            {t("verify")}
          </Button>
          <Button look="quiet" size="lg" busy={resend.isPending} onClick={again}>
            {t("resend")}
          </Button>
        </div>
      </form>
    </AuthFrame>
  );
}
