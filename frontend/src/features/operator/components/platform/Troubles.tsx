import { CircleCheck, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Snippet } from "@/components/ui/Copyable";
import { Panel } from "@/components/ui/Panel";
import { span, useLocale } from "@/lib/format";

import { type Operations, useScoringHolds } from "../../api/operations";
import { usePayouts } from "../../api/payouts";
import { type Trouble, troublesOf } from "../../model/troubles";

/** What needs a hand, the worst first, each with what to do; or that nothing does. */
export function Troubles({ operations }: { operations: Operations }) {
  const { t } = useTranslation("operator");
  const holds = useScoringHolds().data ?? [];
  const payouts = usePayouts().data;
  const troubles = troublesOf(operations);
  const well = troubles.length + holds.length === 0 && !payouts?.paused_at;
  return (
    <Panel title={t("platform.trouble")} flush>
      {well && (
        <p className="flex items-center gap-3 px-5 py-5 text-sm">
          <CircleCheck className="size-5 text-good" aria-hidden />
          {t("platform.well")}
        </p>
      )}
      <ul className="divide-y divide-line">
        {holds.map((hold) => (
          <Item key={hold.id} bad title={t("platform.hold", { metric: hold.metric })}>
            <p dir="auto">{hold.message}</p>
          </Item>
        ))}
        {payouts?.paused_at && (
          <Item bad title={t("platform.payouts_paused")}>
            <p dir="auto">{payouts.pause_reason}</p>
            <Link to="/operator/payouts" className="w-fit underline underline-offset-4">
              {t("platform.to_payouts")}
            </Link>
          </Item>
        )}
        {troubles.map((trouble) => (
          <TroubleItem key={`${trouble.kind} ${trouble.about}`} trouble={trouble} />
        ))}
      </ul>
    </Panel>
  );
}

function TroubleItem({ trouble }: { trouble: Trouble }) {
  const { t } = useTranslation("operator");
  const locale = useLocale();
  const { kind, about, bad, count, seconds, said } = trouble;
  const name =
    kind === "service"
      ? t(`platform.service.${about}`, { defaultValue: about })
      : t(`platform.queue.${about}`, { defaultValue: about });
  return (
    <Item bad={bad} title={t(`platform.is.${kind}`, { name, count, time: seconds && span(seconds, locale) })}>
      <p>{kind === "failed" ? t(`platform.failed.${about}`) : t(`platform.do.${kind}`)}</p>
      {said && <code className="figures text-xs [overflow-wrap:anywhere]">{said}</code>}
      {kind === "unserved" && (
        <Snippet
          code={`celery -A config.celery_app:app worker -Q ${about} -P threads`}
          label={t("platform.command")}
        />
      )}
    </Item>
  );
}

function Item({ bad, title, children }: { bad: boolean; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-3 px-5 py-4 text-sm">
      {bad ? (
        <OctagonAlert className="size-5 shrink-0 text-bad" aria-hidden />
      ) : (
        <TriangleAlert className="size-5 shrink-0 text-warn" aria-hidden />
      )}
      <div className="grid min-w-0 flex-1 gap-1.5">
        <h3 className="text-sm">{title}</h3>
        <div className="grid gap-2 text-muted">{children}</div>
      </div>
    </li>
  );
}
