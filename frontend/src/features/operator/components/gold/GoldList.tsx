import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Ago } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { type Gold, useGold } from "../../api/gold";
import { RetireDialog } from "./RetireDialog";

const TONES = { approve: "good", request_changes: "warn", reject: "bad" } as const;

/** Items whose verdict is known, with how often they checked somebody, and why they were taken out. */
export function GoldList() {
  const { t } = useTranslation("operator");
  const gold = useGold();
  const shown = flatten(gold.data);
  const [retiring, setRetiring] = useState<Gold | null>(null);
  return (
    <Panel flush>
      {gold.isPending && <LoadingRows />}
      {gold.isError && <Failed error={gold.error} onRetry={() => void gold.refetch()} />}
      {gold.isSuccess && shown.length === 0 && <Empty title={t("gold.none")}>{t("gold.none_text")}</Empty>}
      <ul className="divide-y divide-line">
        {shown.map((item) => (
          <li key={item.id}>
            <GoldLine item={item} onRetire={() => setRetiring(item)} />
          </li>
        ))}
      </ul>
      <LoadMore pages={gold} />
      {retiring && <RetireDialog item={retiring} onClose={() => setRetiring(null)} />}
    </Panel>
  );
}

function GoldLine({ item, onRetire }: { item: Gold; onRetire: () => void }) {
  const { t } = useTranslation(["operator", "work"]);
  return (
    <article className="grid gap-2 px-5 py-4 text-sm">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span className="flex flex-wrap items-center gap-2">
          <Badge tone={TONES[item.expected]}>{t(`gold.verdict.${item.expected}`)}</Badge>
          {(item.reasons ?? []).map((reason) => (
            <Badge key={reason}>{t(`work:reason.${reason}`, { defaultValue: reason })}</Badge>
          ))}
        </span>
        <span className="flex items-center gap-3 text-xs text-muted">
          {t("gold.judged", { count: item.judged })} · <Ago at={item.created_at} />
          {item.retired_at ? (
            <Badge>{t("gold.retired")}</Badge>
          ) : (
            <Button size="sm" onClick={onRetire}>
              {t("gold.retire")}
            </Button>
          )}
        </span>
      </header>
      <p dir="auto">{item.explanation}</p>
      {item.retired_why && (
        <p className="text-xs text-warn" dir="auto">
          {item.retired_why}
        </p>
      )}
    </article>
  );
}
