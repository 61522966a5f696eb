import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { LoadMore } from "@/components/ui/LoadMore";
import { Failed, LoadingRows } from "@/components/ui/states";
import { toastError } from "@/components/ui/Toasts";
import { dateTime, useLocale } from "@/lib/format";
import { flatten } from "@/lib/query";

import { type Token, useRevokeToken, useTokens } from "../api/tokens";
import { NewToken } from "./NewToken";
import { Section } from "./Section";

/** Keys for programs: shown once, revoked at any time. */
export function Tokens() {
  const { t } = useTranslation("account");
  const tokens = useTokens();
  const shown = flatten(tokens.data);
  return (
    <>
      <Section title={t("tokens.new")} text={t("tokens.text")}>
        <NewToken />
      </Section>
      <Section title={t("tokens.title")} text={t("tokens.list_text")}>
        {tokens.isPending && <LoadingRows rows={2} />}
        {tokens.isError && <Failed error={tokens.error} onRetry={() => void tokens.refetch()} />}
        {tokens.isSuccess && shown.length === 0 && <p className="text-sm text-muted">{t("tokens.none")}</p>}
        {shown.length > 0 && (
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
            {shown.map((token) => (
              <Line key={token.id} token={token} />
            ))}
          </ul>
        )}
        <LoadMore pages={tokens} />
      </Section>
    </>
  );
}

function Line({ token }: { token: Token }) {
  const { t } = useTranslation("account");
  const locale = useLocale();
  const revoke = useRevokeToken();
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="grid min-w-0">
        <span className="truncate text-sm font-medium">
          <bdi>{token.name}</bdi> <span className="figures text-muted">{token.hint}…</span>
        </span>
        <span className="text-xs text-muted">
          {token.scopes.map((scope) => t(`tokens.scope.${scope}`)).join(" · ")} ·{" "}
          {t("tokens.until", { at: dateTime(token.expires_at, locale) })}
        </span>
      </div>
      {token.revoked_at ? (
        <Badge>{t("tokens.revoked")}</Badge>
      ) : (
        <Confirm
          trigger={
            <Button size="sm" busy={revoke.isPending}>
              {t("tokens.revoke")}
            </Button>
          }
          title={t("tokens.revoke_title", { name: token.name })}
          action={t("tokens.revoke")}
          onConfirm={() => revoke.mutate(token.id, { onError: toastError })}
        >
          {t("tokens.revoke_text")}
        </Confirm>
      )}
    </li>
  );
}
