import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Ago } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Select } from "@/components/ui/Select";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { flatten } from "@/lib/query";

import { useDifference, useVersions, type VersionLine } from "../../api/policies";
import { Changes } from "./Changes";

/** What was published, newest first, and what changed from one to another. */
export function Versions({ policyId }: { policyId: string }) {
  const { t } = useTranslation("operator");
  const versions = useVersions(policyId);
  const shown = flatten(versions.data);
  if (versions.isPending) return <LoadingRows />;
  if (versions.isError) return <Failed error={versions.error} onRetry={() => void versions.refetch()} />;
  if (shown.length === 0) return <Empty title={t("gates.no_versions")}>{t("gates.no_versions_text")}</Empty>;
  return (
    <div className="grid gap-6">
      <Panel flush>
        <Table
          caption={t("gates.versions")}
          head={[t("gates.number"), t("gates.note"), t("gates.made"), t("gates.hash")]}
        >
          {shown.map((version) => (
            <tr key={version.id}>
              <Cell className="figures font-medium">{version.number}</Cell>
              <Cell dir="auto">{version.note}</Cell>
              <Cell className="text-muted">
                <Ago at={version.created_at} />
              </Cell>
              <Cell className="figures text-xs text-muted" title={version.sha256}>
                {version.sha256.slice(0, 12)}
              </Cell>
            </tr>
          ))}
        </Table>
        <LoadMore pages={versions} />
      </Panel>
      {shown.length > 1 && <Comparison versions={shown} />}
    </div>
  );
}

function Comparison({ versions }: { versions: VersionLine[] }) {
  const { t } = useTranslation("operator");
  const [from, setFrom] = useState(versions[1]?.id ?? "");
  const [to, setTo] = useState(versions[0]?.id ?? "");
  const found = useDifference(from, to);
  const options = versions.map(({ id, number }) => ({ value: id, label: t("gates.version", { number }) }));
  return (
    <Panel title={t("gates.compare")}>
      <div className="grid gap-5">
        <div className="grid max-w-md grid-cols-2 gap-4">
          <Select label={t("gates.from_version")} value={from} onChange={setFrom} options={options} />
          <Select label={t("gates.to_version")} value={to} onChange={setTo} options={options} />
        </div>
        {found.isPending && <LoadingRows rows={2} />}
        {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
        {found.isSuccess && <Changes found={found.data} />}
      </div>
    </Panel>
  );
}
