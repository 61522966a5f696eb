import { useTranslation } from "react-i18next";

import { Cell, Table } from "@/components/ui/Table";
import { percent, useLocale } from "@/lib/format";

import type { Calibration } from "../../api/calibrations";
import type { Gate, Interval } from "../../model/calibrations";

/** At which score the gates lie, with the interval in which that may truly be. */
export function GatePoints({ calibration }: { calibration: Calibration }) {
  const { t } = useTranslation("operator");
  const gates = calibration.gates as Gate[];
  if (gates.length === 0) return null;
  return (
    <Table
      caption={`${t("calibrations.gates")}: ${calibration.metric}, ${calibration.model_id}`}
      head={["gate", "target", "score", "probability"].map((head) => t(`calibrations.${head}`))}
    >
      {gates.map((gate) => (
        <GateRow key={gate.name} gate={gate} />
      ))}
    </Table>
  );
}

function GateRow({ gate }: { gate: Gate }) {
  const { t } = useTranslation("operator");
  const locale = useLocale();
  const interval = (of: Interval, shown: (value: number) => string) => (
    <Cell className="figures whitespace-nowrap">
      {shown(of.value)}{" "}
      <span className="text-xs text-muted">
        {shown(of.low)}–{shown(of.high)}
      </span>
    </Cell>
  );
  return (
    <tr>
      <Cell>{t(`calibrations.gate_name.${gate.name}`, { defaultValue: gate.name })}</Cell>
      <Cell className="figures">{percent(gate.target, locale)}</Cell>
      {interval(gate.score, (value) => value.toFixed(3))}
      {interval(gate.probability, (value) => percent(value, locale, 1))}
    </tr>
  );
}
