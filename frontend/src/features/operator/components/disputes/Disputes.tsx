import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Segmented } from "@/components/ui/Segmented";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { type Dispute, useDisputes } from "../../api/disputes";
import { DisputeStatus } from "./DisputeStatus";

type Show = "open" | "all";

export function Disputes() {
  const { t } = useTranslation("operator");
  const [show, setShow] = useState<Show>("open");
  const disputes = useDisputes(show === "open");
  const shown = flatten(disputes.data);
  return (
    <div className="grid gap-4">
      <Segmented
        label={t("disputes.show")}
        value={show}
        onChange={setShow}
        options={[
          { value: "open", label: t("disputes.open") },
          { value: "all", label: t("disputes.all") },
        ]}
      />
      <Panel flush>
        {disputes.isPending && <LoadingRows />}
        {disputes.isError && <Failed error={disputes.error} onRetry={() => void disputes.refetch()} />}
        {disputes.isSuccess && shown.length === 0 && <Empty title={t("disputes.none")} />}
        <ul className="divide-y divide-line">
          {shown.map((dispute) => (
            <li key={dispute.id}>
              <DisputeLine dispute={dispute} />
            </li>
          ))}
        </ul>
        <LoadMore pages={disputes} />
      </Panel>
    </div>
  );
}

function DisputeLine({ dispute }: { dispute: Dispute }) {
  return (
    <Link
      to={`/review/disputes/${dispute.id}`}
      state={{ back: "/operator/disputes" }}
      className="grid gap-1.5 px-5 py-4 text-sm transition hover:bg-sunken"
    >
      <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="line-clamp-2 min-w-0 font-medium" dir="auto">
          {dispute.caption}
        </span>
        <span className="flex items-center gap-3 text-xs text-muted">
          <Ago at={dispute.opened_at} />
          <DisputeStatus status={dispute.status} />
        </span>
      </span>
      <span className="line-clamp-2 text-muted" dir="auto">
        {dispute.text}
      </span>
    </Link>
  );
}
