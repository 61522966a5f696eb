import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import { declined } from "@/lib/passkeys";

import { useFirstPasskey } from "./api/passkeys";
import { AuthFrame } from "./components/AuthFrame";

/** The last step of a sign-up without a password. */
export function Component() {
  const { t } = useTranslation("account");
  const make = useFirstPasskey();
  const go = useNavigate();
  return (
    <AuthFrame title={t("passkey.first_title")} lead={t("passkey.first_lead")}>
      {make.isError && (
        <Notice tone="bad">{declined(make.error) ? t("passkey.declined") : errorText(make.error)}</Notice>
      )}
      <Button
        look="primary"
        size="lg"
        icon={<KeyRound className="size-4" />}
        busy={make.isPending}
        onClick={() => make.mutate(undefined, { onSuccess: () => void go("/campaigns") })}
      >
        {t("passkey.make")}
      </Button>
    </AuthFrame>
  );
}
