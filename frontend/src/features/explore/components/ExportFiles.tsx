import { useTranslation } from "react-i18next";

import { Copyable } from "@/components/ui/Copyable";
import { LoadMore } from "@/components/ui/LoadMore";
import { Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { byteSize, useLocale } from "@/lib/format";
import { flatten } from "@/lib/query";

import { useExportFiles } from "../api/list-export-files";

export function ExportFiles({ id }: { id: string }) {
  const { t } = useTranslation("explore");
  const locale = useLocale();
  const files = useExportFiles(id);
  if (files.isPending) return <LoadingRows rows={2} />;
  if (files.isError) return <Failed error={files.error} onRetry={() => void files.refetch()} />;
  return (
    <div className="rounded-md border border-line">
      <Table
        caption={t("exports.files")}
        head={["file", "samples", "size", "sha256"].map((column) => t(`columns.${column}`))}
      >
        {flatten(files.data).map((file) => (
          <tr key={file.name}>
            <Cell>
              <a href={file.url} download className="figures underline underline-offset-4">
                {file.name}
              </a>
            </Cell>
            <Cell className="figures">{file.samples || "–"}</Cell>
            <Cell className="whitespace-nowrap">{byteSize(file.size, locale)}</Cell>
            <Cell>
              <Copyable text={file.sha256} short={10} label="sha256" />
            </Cell>
          </tr>
        ))}
      </Table>
      <LoadMore pages={files} />
    </div>
  );
}
