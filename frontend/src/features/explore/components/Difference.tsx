import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Badge, type Tone } from "@/components/ui/Badge";
import { Stat } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Select } from "@/components/ui/Select";
import { Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { flatten } from "@/lib/query";

import { type Change, useDifference } from "../api/compare-versions";
import { useVersions } from "../api/list-versions";
import type { VersionDetail } from "../api/read-version";

const TONES: Record<Change["change"], Tone> = { added: "good", removed: "bad", changed: "warn" };

/** What differs from another version of the dataset. */
export function Difference({ version }: { version: VersionDetail }) {
  const { t } = useTranslation("explore");
  const versions = useVersions(version.dataset);
  const [from, setFrom] = useState<string>();
  const others = flatten(versions.data).filter(({ id, status }) => id !== version.id && status === "ready");
  if (others.length === 0) return null;
  return (
    <Panel title={t("diff.title")}>
      <div className="grid gap-5">
        <Select
          label={t("diff.from")}
          placeholder={t("diff.choose")}
          className="max-w-sm"
          value={from}
          onChange={setFrom}
          options={others.map(({ id, number }) => ({ value: id, label: t("version.name", { number }) }))}
        />
        {from && <Changes from={from} to={version.id} />}
      </div>
    </Panel>
  );
}

function Changes({ from, to }: { from: string; to: string }) {
  const { t } = useTranslation("explore");
  const pages = useDifference(from, to);
  if (pages.isPending) return <LoadingRows rows={2} />;
  if (pages.isError) return <Failed error={pages.error} onRetry={() => void pages.refetch()} />;
  const counts = pages.data.pages[0];
  const changes = pages.data.pages.flatMap((page) => page.changes);
  return (
    <div className="grid gap-4">
      <dl className="flex flex-wrap gap-10">
        {(["added", "removed", "changed"] as const).map((change) => (
          <Stat key={change} label={t(`diff.${change}`)}>
            {counts?.[change]}
          </Stat>
        ))}
      </dl>
      {changes.length > 0 && (
        <div className="rounded-md border border-line">
          <Table
            caption={t("diff.title")}
            head={["sample", "change", "split_before", "split_after"].map((column) => t(`columns.${column}`))}
          >
            {changes.map((change) => (
              <tr key={change.id}>
                <Cell className="figures text-xs">
                  <Link to={`/explore/samples/${change.id}`} className="underline-offset-4 hover:underline">
                    {change.id}
                  </Link>
                </Cell>
                <Cell>
                  <Badge tone={TONES[change.change]}>{t(`diff.${change.change}`)}</Badge>
                </Cell>
                <Cell>{change.split_before ? t(`split.${change.split_before}`) : "–"}</Cell>
                <Cell>{change.split_after ? t(`split.${change.split_after}`) : "–"}</Cell>
              </tr>
            ))}
          </Table>
          <LoadMore pages={pages} />
        </div>
      )}
    </div>
  );
}
