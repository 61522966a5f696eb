import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Ago, Tokens } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { flatten } from "@/lib/query";

import { type Epoch, useEpochs } from "../../api/payouts";
import { EpochStatus } from "./EpochStatus";

/** Every epoch that was ever frozen, with its published file of leaves. */
export function Epochs() {
  const { t } = useTranslation("operator");
  const epochs = useEpochs();
  const shown = flatten(epochs.data);
  return (
    <Panel title={t("payouts.epochs")} flush>
      {epochs.isPending && <LoadingRows rows={2} />}
      {epochs.isError && <Failed error={epochs.error} onRetry={() => void epochs.refetch()} />}
      {epochs.isSuccess && shown.length === 0 && <Empty title={t("payouts.no_epoch")} />}
      {shown.length > 0 && (
        <Table
          caption={t("payouts.epochs")}
          head={["number", "status", "frozen_at", "total", "people", "leaves"].map((head) =>
            t(`payouts.${head}`),
          )}
        >
          {shown.map((epoch) => (
            <EpochRow key={epoch.id} epoch={epoch} />
          ))}
        </Table>
      )}
      <LoadMore pages={epochs} />
    </Panel>
  );
}

function EpochRow({ epoch }: { epoch: Epoch }) {
  const { t } = useTranslation("operator");
  return (
    <tr>
      <Cell className="figures">{epoch.number}</Cell>
      <Cell>
        <EpochStatus epoch={epoch} />
      </Cell>
      <Cell className="text-muted">
        <Ago at={epoch.frozen_at} />
      </Cell>
      <Cell>
        <Tokens wei={epoch.total_wei} places={2} />
      </Cell>
      <Cell className="figures">{epoch.leaf_count}</Cell>
      <Cell>
        {epoch.status === "frozen" || epoch.status === "cancelled" ? (
          <span className="text-muted">{t("payouts.not_published")}</span>
        ) : (
          <a
            href={epoch.leaf_file_url}
            className="inline-flex items-center gap-1.5 underline-offset-4 hover:underline"
            title={epoch.merkle_root}
          >
            <Download className="size-3.5" aria-hidden />
            {t("payouts.file")}
          </a>
        )}
      </Cell>
    </tr>
  );
}
