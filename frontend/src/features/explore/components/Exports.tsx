import { useState } from "react";
import { useTranslation } from "react-i18next";

import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";
import { Snippet } from "@/components/ui/Copyable";
import { flatten } from "@/lib/query";

import { useExports } from "../api/list-exports";
import type { VersionDetail } from "../api/read-version";
import { loadingSnippet } from "../model/snippet";
import { ExportItem } from "./ExportItem";
import { NewExport } from "./NewExport";

/** The version's exports, and how one of them is loaded. */
export function Exports({ version }: { version: VersionDetail }) {
  const { t } = useTranslation("explore");
  const pages = useExports(version.id);
  const shown = flatten(pages.data);
  const [open, setOpen] = useState<string | null>(null);
  const named = shown.find(({ id }) => id === open) ?? shown[0];
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      <Panel title={t("exports.title")} actions={<NewExport version={version.id} />} flush>
        {pages.isPending && <LoadingRows rows={2} />}
        {pages.isError && <Failed error={pages.error} onRetry={() => void pages.refetch()} />}
        {pages.isSuccess && shown.length === 0 && (
          <p className="p-5 text-sm text-muted">{t("exports.none")}</p>
        )}
        <ul>
          {shown.map((one) => (
            <ExportItem
              key={one.id}
              shown={one}
              open={open === one.id}
              onToggle={() => setOpen(open === one.id ? null : one.id)}
            />
          ))}
        </ul>
        <LoadMore pages={pages} />
      </Panel>
      <Panel title={t("exports.load")}>
        <Snippet
          label={t("exports.load")}
          code={loadingSnippet(location.origin, named?.id, named?.profile ?? "webdataset")}
        />
      </Panel>
    </div>
  );
}
