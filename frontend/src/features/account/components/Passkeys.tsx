import { KeyRound, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { IconButton } from "@/components/ui/IconButton";
import { toast, toastError } from "@/components/ui/Toasts";
import { dateTime, useLocale } from "@/lib/format";
import { declined, passkeysWork } from "@/lib/passkeys";

import { type Authenticator, useAddPasskey, useRemovePasskey } from "../api/authenticators";
import { ProveAgain } from "../api/manage";
import type { WithProof } from "../hooks/useProof";
import { Section } from "./Section";

export function quietly(error: unknown): void {
  if (!declined(error) && !(error instanceof ProveAgain)) toastError(error);
}

export function Passkeys({ passkeys, withProof }: { passkeys: Authenticator[]; withProof: WithProof }) {
  const { t } = useTranslation("account");
  const locale = useLocale();
  const add = useAddPasskey(withProof);
  const remove = useRemovePasskey(withProof);
  return (
    <Section title={t("passkey.title")} text={t("passkey.text")}>
      {passkeys.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
          {passkeys.map((passkey) => (
            <li key={passkey.id} className="flex items-center justify-between gap-4 px-4 py-2.5">
              <div className="grid min-w-0">
                <span className="truncate text-sm font-medium" dir="auto">
                  {passkey.name}
                </span>
                <span className="text-xs text-muted">
                  {t("since", { at: dateTime(new Date(passkey.created_at * 1000), locale) })}
                </span>
              </div>
              <Confirm
                trigger={<IconButton label={t("passkey.remove")} icon={<Trash2 />} />}
                title={t("passkey.remove_title")}
                action={t("passkey.remove")}
                onConfirm={() => passkey.id && remove.mutate(passkey.id, { onError: quietly })}
              >
                {t("passkey.remove_text")}
              </Confirm>
            </li>
          ))}
        </ul>
      )}
      {passkeysWork() ? (
        <Button
          className="justify-self-start"
          icon={<KeyRound className="size-4" />}
          busy={add.isPending}
          onClick={() =>
            add.mutate(t("passkey.name", { number: passkeys.length + 1 }), {
              onSuccess: () => toast(t("passkey.added")),
              onError: quietly,
            })
          }
        >
          {t("passkey.make")}
        </Button>
      ) : (
        <p className="text-sm text-muted">{t("passkey.unsupported")}</p>
      )}
    </Section>
  );
}
