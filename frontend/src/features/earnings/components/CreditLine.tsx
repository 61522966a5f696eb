import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Ago, Tokens } from "@/components/ui/figures";

import type { Credit } from "../api/list-credits";
import { Formula } from "./Formula";

export function CreditLine({ credit }: { credit: Credit }) {
  const { t } = useTranslation("earnings");
  const title = t(`rule.${credit.rule}`, { defaultValue: credit.rule });
  const page = credit.rule === "accepted" && credit.submission;
  return (
    <details className="group px-5 py-3.5">
      <summary className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 marker:content-none">
        <span className="grid min-w-0">
          <span className="text-sm font-medium">{title}</span>
          <span className="truncate text-xs text-muted">
            <bdi>{credit.campaign_title}</bdi> · <Ago at={credit.earned_at} />
          </span>
        </span>
        <span className="flex items-center gap-3 text-sm font-medium">
          {credit.status === "refused" && <Badge tone="warn">{t("waits")}</Badge>}
          <Tokens wei={credit.amount_wei} />
        </span>
      </summary>
      <div className="mt-4 grid gap-4 rounded-md bg-sunken p-4">
        <Formula credit={credit} />
        {page && (
          <Link to={`/work/${credit.submission}`} className="w-fit text-sm underline underline-offset-4">
            {t("to_work")}
          </Link>
        )}
      </div>
    </details>
  );
}
