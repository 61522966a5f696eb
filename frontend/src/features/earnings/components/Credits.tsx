import { Coins, Download } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { useCredits } from "../api/list-credits";
import { CreditLine } from "./CreditLine";

export function Credits() {
  const { t } = useTranslation("earnings");
  const credits = useCredits();
  const shown = flatten(credits.data);
  const file = shown.length > 0 && (
    <Button asChild size="sm">
      <a href="/api/v1/credits.csv" download>
        <Download className="size-4" aria-hidden />
        CSV
      </a>
    </Button>
  );
  return (
    <Panel title={t("credits.title")} actions={file} flush>
      {credits.isPending && <LoadingRows />}
      {credits.isError && <Failed error={credits.error} onRetry={() => void credits.refetch()} />}
      {credits.isSuccess && shown.length === 0 && (
        <Empty icon={<Coins />} title={t("credits.empty")}>
          {t("credits.empty_text")}
        </Empty>
      )}
      <ul className="divide-y divide-line">
        {shown.map((credit) => (
          <li key={credit.id}>
            <CreditLine credit={credit} />
          </li>
        ))}
      </ul>
      <LoadMore pages={credits} />
    </Panel>
  );
}
