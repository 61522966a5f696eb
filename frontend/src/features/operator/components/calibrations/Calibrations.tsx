import { useTranslation } from "react-i18next";

import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows, Notice } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { useCalibrations } from "../../api/calibrations";
import { useScoringHolds } from "../../api/operations";
import { byMetric } from "../../model/calibrations";
import { CalibrationCard } from "./CalibrationCard";

/** Which score of which model means which probability; without that a model cannot be put in another's place. */
export function Calibrations() {
  const { t } = useTranslation("operator");
  const calibrations = useCalibrations();
  const holds = useScoringHolds().data ?? [];
  const groups = byMetric(flatten(calibrations.data));
  return (
    <div className="grid gap-6">
      {holds.map((hold) => (
        <Notice key={hold.id} tone="bad">
          <p className="font-medium">{t("platform.hold", { metric: hold.metric })}</p>
          <p dir="auto">{hold.message}</p>
        </Notice>
      ))}
      {calibrations.isPending && <LoadingRows />}
      {calibrations.isError && (
        <Failed error={calibrations.error} onRetry={() => void calibrations.refetch()} />
      )}
      {calibrations.isSuccess && groups.length === 0 && <Empty title={t("calibrations.none")} />}
      {groups.map(([metric, ofIt]) => (
        <Panel key={metric} title={<span className="figures">{metric}</span>} flush>
          <ul className="divide-y divide-line">
            {ofIt.map(({ calibration, holds: inForce }) => (
              <li key={calibration.id}>
                <CalibrationCard calibration={calibration} holds={inForce} />
              </li>
            ))}
          </ul>
        </Panel>
      ))}
      <LoadMore pages={calibrations} />
    </div>
  );
}
