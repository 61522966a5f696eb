import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { LoadMore } from "@/components/ui/LoadMore";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { dateTime, useLocale } from "@/lib/format";
import { flatten } from "@/lib/query";

import type { AuditFilter, AuditLine, useAudit } from "../../api/audit";
import { asking } from "../../model/audit-filter";

type Props = { audit: ReturnType<typeof useAudit>; filtered?: boolean; linked?: boolean };

/** Who did what, when, on what. `linked`: a person or a thing leads to what was done by or to it. */
export function AuditTable({ audit, filtered, linked }: Props) {
  const { t } = useTranslation("operator");
  const shown = flatten(audit.data);
  return (
    <>
      {audit.isPending && <LoadingRows rows={3} />}
      {audit.isError && <Failed error={audit.error} onRetry={() => void audit.refetch()} />}
      {audit.isSuccess && shown.length === 0 && (
        <Empty title={t(filtered ? "audit.none_such" : "audit.none")} />
      )}
      {shown.length > 0 && (
        <Table
          caption={t("tab.audit")}
          head={[t("audit.at"), t("audit.who"), t("audit.what"), t("audit.on"), t("audit.detail")]}
        >
          {shown.map((line) => (
            <Line key={line.id} line={line} linked={linked} />
          ))}
        </Table>
      )}
      <LoadMore pages={audit} />
    </>
  );
}

function Line({ line, linked }: { line: AuditLine; linked?: boolean }) {
  const { t } = useTranslation("operator");
  const detail = JSON.stringify(line.detail);
  return (
    <tr>
      <Cell className="whitespace-nowrap text-muted">{dateTime(line.at, useLocale())}</Cell>
      <Cell>
        <Asking name="person" id={linked ? line.actor : null}>
          <bdi>{line.actor_email ?? t("audit.platform")}</bdi>
        </Asking>
      </Cell>
      <Cell className="figures">{line.kind}</Cell>
      <Cell>
        <span className="grid">
          {line.object_kind}
          <span className="figures w-fit text-xs whitespace-nowrap text-muted">
            <Asking name="object" id={linked ? line.object : null}>
              {line.object}
            </Asking>
          </span>
        </span>
      </Cell>
      <Cell className="figures max-w-80 truncate text-xs text-muted" title={detail}>
        {detail === "{}" ? "" : detail}
      </Cell>
    </tr>
  );
}

type AskingProps = { name: keyof AuditFilter; id: string | null; children: ReactNode };

/** A link to the same page, asking for one thing more; without an id only what is in it. */
function Asking({ name, id, children }: AskingProps) {
  const [query] = useSearchParams();
  if (!id) return children;
  return (
    <Link to={{ search: asking(query, name, id).toString() }} className="underline-offset-4 hover:underline">
      {children}
    </Link>
  );
}
