import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Failed, LoadingRows } from "@/components/ui/states";
import { toastError } from "@/components/ui/Toasts";
import { dateTime, useLocale } from "@/lib/format";

import { type Session, useEndSessions, useSessions } from "../api/sessions";
import { Section } from "./Section";

export function Sessions() {
  const { t } = useTranslation("account");
  const sessions = useSessions();
  const end = useEndSessions();
  const others = sessions.data?.filter((session) => !session.is_current) ?? [];
  return (
    <Section title={t("sessions.title")} text={t("sessions.text")}>
      {sessions.isPending && <LoadingRows rows={2} />}
      {sessions.isError && <Failed error={sessions.error} onRetry={() => void sessions.refetch()} />}
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {sessions.data?.map((session) => (
          <Line
            key={session.id}
            session={session}
            onEnd={() => end.mutate([session.id], { onError: toastError })}
          />
        ))}
      </ul>
      {others.length > 1 && (
        <Button
          className="justify-self-start"
          busy={end.isPending}
          onClick={() =>
            end.mutate(
              others.map(({ id }) => id),
              { onError: toastError },
            )
          }
        >
          {t("sessions.end_others")}
        </Button>
      )}
    </Section>
  );
}

function Line({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const { t } = useTranslation("account");
  const locale = useLocale();
  const at = dateTime(new Date((session.last_seen_at ?? session.created_at) * 1000), locale);
  return (
    <li className="flex items-center justify-between gap-4 px-4 py-2.5">
      <div className="grid min-w-0">
        <span className="truncate text-sm" dir="ltr" title={session.user_agent}>
          {session.user_agent}
        </span>
        <span className="text-xs text-muted">
          <span className="figures">{session.ip}</span> · {at}
        </span>
      </div>
      {session.is_current ? (
        <Badge tone="good">{t("sessions.this")}</Badge>
      ) : (
        <Button size="sm" onClick={onEnd}>
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}
