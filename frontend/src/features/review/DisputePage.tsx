import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useParams } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Ago } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";

import { type Dispute, type DisputeDetail, useDispute } from "./api/disputes";
import { Back } from "./components/Back";
import { DisputeAnswer } from "./components/DisputeAnswer";
import { Findings } from "./components/Findings";
import { Material } from "./components/Material";
import { ReasonText } from "./components/ReasonText";
import { PlayerProvider, usePlayerOf } from "./hooks/use-player";
import { LINKS_LAST_MS } from "./model/links";

export function Component() {
  const { t } = useTranslation("review");
  const { disputeId = "" } = useParams();
  const found = useDispute(disputeId);
  useEffect(() => {
    document.title = `${t("disputes.page")} · OpenSlate`;
  }, [t]);
  if (found.isPending) return <LoadingRows rows={8} />;
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const refresh = () => Date.now() - found.dataUpdatedAt > LINKS_LAST_MS && void found.refetch();
  return <DisputedWork detail={found.data} onStale={refresh} />;
}

/** The work as its judges saw it, with their reasons and the author's word against them. */
function DisputedWork({ detail, onStale }: { detail: DisputeDetail; onStale: () => void }) {
  const { dispute, gates } = detail;
  const player = usePlayerOf(detail);
  const { back } = (useLocation().state ?? {}) as { back?: string };
  return (
    <PlayerProvider value={player}>
      <Bar dispute={dispute} back={back} />
      <div className="grid items-start gap-4 p-4 lg:grid-cols-[minmax(0,1fr)_21rem] xl:grid-cols-[minmax(0,1fr)_23rem]">
        <Material
          work={{ ...detail, submission: dispute.submission, caption: dispute.caption }}
          onStale={onStale}
        />
        <aside className="grid gap-4 max-lg:order-first">
          <Dissent dispute={dispute} />
          <DisputeAnswer dispute={dispute} back={back} />
          <Findings gates={gates} />
        </aside>
      </div>
    </PlayerProvider>
  );
}

function Bar({ dispute, back }: { dispute: Dispute; back: string | undefined }) {
  const { t } = useTranslation("review");
  return (
    <header className="flex min-h-12 items-center gap-3 border-b border-line px-4 py-1.5">
      <Back to={back} />
      <div className="grid min-w-0">
        <h1 className="text-sm font-medium">{t("disputes.page")}</h1>
        <p className="truncate text-xs text-muted" dir="auto">
          {dispute.caption}
        </p>
      </div>
    </header>
  );
}

function Dissent({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation("review");
  const { decision, text, opened_at } = dispute;
  const notes = decision.notes.filter((note): note is string => typeof note === "string" && note !== "");
  return (
    <Panel
      title={t("disputes.says")}
      actions={
        <span className="text-xs text-muted">
          <Ago at={opened_at} />
        </span>
      }
    >
      <div className="grid gap-4 text-sm">
        <p className="whitespace-pre-line" dir="auto">
          {text}
        </p>
        <div className="grid gap-2 border-t border-line pt-4">
          <h3 className="text-xs font-medium text-muted">
            {t("disputes.rejected_for")} ·{" "}
            {t(decision.source === "gates" ? "disputes.by_gates" : "disputes.by_reviews")}
          </h3>
          <p className="flex flex-wrap gap-1.5">
            {decision.reasons.map((reason) => (
              <Badge key={reason} tone="bad">
                <ReasonText code={reason} />
              </Badge>
            ))}
          </p>
          {notes.map((note, index) => (
            <p key={index} dir="auto">
              {note}
            </p>
          ))}
        </div>
      </div>
    </Panel>
  );
}
