import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { Ago } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";
import { toast, toastError } from "@/components/ui/Toasts";

import { type Hold, useHolds, useLiftHold, usePlaceHold } from "../../api/people";
import { ReasonDialog } from "../ReasonDialog";

/** What keeps back a person's earnings, now and before. */
export function Holds({ personId }: { personId: string }) {
  const { t } = useTranslation("operator");
  const holds = useHolds(personId);
  const [placing, setPlacing] = useState(false);
  const held = holds.data?.some(({ lifted_at: lifted }) => !lifted);
  const place = (
    <Button size="sm" onClick={() => setPlacing(true)}>
      {t("holds.place")}
    </Button>
  );
  return (
    <Panel title={t("holds.title")} flush actions={holds.isSuccess && !held && place}>
      {holds.isPending && <LoadingRows rows={1} />}
      {holds.isError && <Failed error={holds.error} onRetry={() => void holds.refetch()} />}
      {holds.data?.length === 0 && <p className="px-5 py-4 text-sm text-muted">{t("holds.none")}</p>}
      <ul className="divide-y divide-line">
        {holds.data?.map((hold) => (
          <li key={hold.id}>
            <HoldLine hold={hold} personId={personId} />
          </li>
        ))}
      </ul>
      {placing && <PlaceDialog personId={personId} onClose={() => setPlacing(false)} />}
    </Panel>
  );
}

function HoldLine({ hold, personId }: { hold: Hold; personId: string }) {
  const { t } = useTranslation("operator");
  const lift = useLiftHold(personId);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 py-3.5 text-sm">
      <span className="grid min-w-0 gap-0.5">
        <span dir="auto">{hold.reason}</span>
        <span className="text-xs text-muted">
          <Ago at={hold.placed_at} />
        </span>
      </span>
      {hold.lifted_at ? (
        <span className="flex items-center gap-3 text-xs text-muted">
          <Ago at={hold.lifted_at} />
          <Badge>{t("holds.lifted")}</Badge>
        </span>
      ) : (
        <Confirm
          danger={false}
          trigger={
            <Button size="sm" busy={lift.isPending}>
              {t("holds.lift")}
            </Button>
          }
          title={t("holds.lift_title")}
          action={t("holds.lift")}
          onConfirm={() =>
            lift.mutate(undefined, { onSuccess: () => toast(t("holds.lifted_now")), onError: toastError })
          }
        >
          {t("holds.lift_text")}
        </Confirm>
      )}
    </div>
  );
}

function PlaceDialog({ personId, onClose }: { personId: string; onClose: () => void }) {
  const { t } = useTranslation("operator");
  const place = usePlaceHold(personId);
  return (
    <ReasonDialog
      title={t("holds.place_title")}
      description={t("holds.place_text")}
      action={t("holds.place")}
      danger
      hint={t("holds.reason_hint")}
      maxLength={2000}
      asked={place}
      onReason={(reason) => place.mutate(reason, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
