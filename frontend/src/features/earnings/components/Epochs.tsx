import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";
import { Ago, Tokens } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { flatten } from "@/lib/query";

import { type Epoch, useEpochs } from "../api/list-epochs";

const TONES: Record<NonNullable<Epoch["status"]>, Tone> = {
  frozen: "info",
  proposed: "live",
  active: "good",
  cancelled: "bad",
};

/** The published epochs: everybody may check their roots and leaves. */
export function Epochs() {
  const { t } = useTranslation("earnings");
  const epochs = useEpochs();
  const shown = flatten(epochs.data);
  return (
    <Panel title={t("epochs.title")} flush>
      {epochs.isPending && <LoadingRows rows={2} />}
      {epochs.isError && <Failed error={epochs.error} onRetry={() => void epochs.refetch()} />}
      {epochs.isSuccess && shown.length === 0 && <Empty title={t("epochs.none")} />}
      {shown.length > 0 && (
        <Table
          caption={t("epochs.title")}
          head={[
            "#",
            t("epochs.status"),
            t("epochs.total"),
            t("epochs.leaves"),
            t("epochs.frozen"),
            t("epochs.file"),
          ]}
        >
          {shown.map((epoch) => (
            <tr key={epoch.id}>
              <Cell className="figures">{epoch.number}</Cell>
              <Cell>
                <Badge tone={TONES[epoch.status ?? "frozen"]}>
                  {t(`epochs.is.${epoch.status ?? "frozen"}`)}
                </Badge>
              </Cell>
              <Cell>
                <Tokens wei={epoch.total_wei} />
              </Cell>
              <Cell className="figures">{epoch.leaf_count}</Cell>
              <Cell>
                <Ago at={epoch.frozen_at} />
              </Cell>
              <Cell>
                <a href={epoch.leaf_file_url} className="inline-flex items-center gap-1.5 underline">
                  <Download className="size-3.5" aria-hidden />
                  {t("epochs.file")}
                </a>
              </Cell>
            </tr>
          ))}
        </Table>
      )}
      <LoadMore pages={epochs} />
    </Panel>
  );
}
