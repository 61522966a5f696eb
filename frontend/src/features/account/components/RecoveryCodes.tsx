import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { CopyText } from "@/components/ui/CopyText";
import { Notice } from "@/components/ui/states";

import { type Authenticator, useNewRecoveryCodes } from "../api/authenticators";
import type { WithProof } from "../hooks/useProof";
import { quietly } from "./Passkeys";
import { Section } from "./Section";

type Props = { codes: Authenticator | undefined; withProof: WithProof };

export function RecoveryCodes({ codes, withProof }: Props) {
  const { t } = useTranslation("account");
  const make = useNewRecoveryCodes(withProof);
  return (
    <Section title={t("recovery.title")} text={t("recovery.text")}>
      {codes && !make.data && (
        <p className="text-sm">
          {t("recovery.left", { left: codes.unused_code_count ?? 0, total: codes.total_code_count ?? 0 })}
        </p>
      )}
      {make.data && make.data.length > 0 && (
        <>
          <Notice tone="warn">{t("recovery.once")}</Notice>
          <CopyText text={make.data.join("\n")} />
        </>
      )}
      <Button
        className="justify-self-start"
        busy={make.isPending}
        onClick={() => make.mutate(undefined, { onError: quietly })}
      >
        {t(codes ? "recovery.again" : "recovery.make")}
      </Button>
    </Section>
  );
}
