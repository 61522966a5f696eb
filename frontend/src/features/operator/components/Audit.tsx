import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { dateTime, useLocale } from "@/lib/format";
import { flatten } from "@/lib/query";

import { type AuditLine, useAudit } from "../api/audit";

/** Who did what, when, on what. */
export function Audit() {
  const { t } = useTranslation("operator");
  const audit = useAudit();
  const shown = flatten(audit.data);
  const file = (
    <Button asChild size="sm">
      <a href="/api/v1/audit.csv" download>
        <Download className="size-4" aria-hidden />
        CSV
      </a>
    </Button>
  );
  return (
    <Panel title={t("tab.audit")} actions={file} flush>
      {audit.isPending && <LoadingRows />}
      {audit.isError && <Failed error={audit.error} onRetry={() => void audit.refetch()} />}
      {audit.isSuccess && shown.length === 0 && <Empty title={t("audit.none")} />}
      {shown.length > 0 && (
        <Table
          caption={t("tab.audit")}
          head={[t("audit.at"), t("audit.who"), t("audit.what"), t("audit.on"), t("audit.detail")]}
        >
          {shown.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </Table>
      )}
      <LoadMore pages={audit} />
    </Panel>
  );
}

function Line({ line }: { line: AuditLine }) {
  const { t } = useTranslation("operator");
  const detail = JSON.stringify(line.detail);
  return (
    <tr>
      <Cell className="whitespace-nowrap text-muted">{dateTime(line.at, useLocale())}</Cell>
      <Cell>
        <bdi>{line.actor_email ?? t("audit.platform")}</bdi>
      </Cell>
      <Cell className="figures">{line.kind}</Cell>
      <Cell>
        <span className="grid">
          {line.object_kind}
          <span className="figures text-xs text-muted">{line.object}</span>
        </span>
      </Cell>
      <Cell className="figures max-w-80 truncate text-xs text-muted" title={detail}>
        {detail === "{}" ? "" : detail}
      </Cell>
    </tr>
  );
}
