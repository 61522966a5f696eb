import { Snowflake } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Copyable } from "@/components/ui/Copyable";
import { Ago } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { flatten } from "@/lib/query";

import type { Dataset } from "../api/list-datasets";
import { useVersions, type Version } from "../api/list-versions";
import { BUILD_TONES } from "../model/build";
import { SplitBar } from "./SplitBar";

const COLUMNS = ["version", "state", "samples", "splits", "root", "made"];

/** A dataset with its versions, newest first. */
export function DatasetPanel({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation("explore");
  const versions = useVersions(dataset.id);
  const shown = flatten(versions.data);
  return (
    <Panel title={dataset.name} actions={<FreezeLink dataset={dataset.id} />} flush>
      {dataset.description && (
        <p className="px-5 pt-4 text-sm text-muted" dir="auto">
          {dataset.description}
        </p>
      )}
      {versions.isPending && <LoadingRows rows={2} />}
      {versions.isError && <Failed error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.isSuccess && shown.length === 0 && (
        <p className="p-5 text-sm text-muted">{t("datasets.no_version")}</p>
      )}
      {shown.length > 0 && (
        <Table
          caption={t("datasets.versions_of", { name: dataset.name })}
          head={COLUMNS.map((column) => t(`columns.${column}`))}
        >
          {shown.map((version) => (
            <Row key={version.id} version={version} />
          ))}
        </Table>
      )}
      <LoadMore pages={versions} />
    </Panel>
  );
}

function FreezeLink({ dataset }: { dataset: string }) {
  const { t } = useTranslation("explore");
  return (
    <Button asChild size="sm">
      <Link to={`/explore/freeze?dataset=${dataset}`}>
        <Snowflake className="size-4" aria-hidden />
        {t("freeze.open")}
      </Link>
    </Button>
  );
}

function Row({ version }: { version: Version }) {
  const { t } = useTranslation("explore");
  const status = version.status ?? "building";
  return (
    <tr>
      <Cell>
        <Link
          to={`/explore/versions/${version.id}`}
          className="font-medium underline-offset-4 hover:underline"
        >
          {t("version.name", { number: version.number })}
        </Link>
      </Cell>
      <Cell>
        <Badge tone={BUILD_TONES[status]}>{t(`build.${status}`)}</Badge>
      </Cell>
      <Cell className="figures">{version.item_count ?? "–"}</Cell>
      <Cell className="min-w-40">
        <SplitBar version={version} />
      </Cell>
      <Cell>
        {version.merkle_root ? (
          <Copyable text={version.merkle_root} short={12} label={t("columns.root")} />
        ) : (
          "–"
        )}
      </Cell>
      <Cell>
        <Ago at={version.created_at} />
      </Cell>
    </tr>
  );
}
