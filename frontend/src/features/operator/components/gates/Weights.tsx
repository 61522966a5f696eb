import { useTranslation } from "react-i18next";

import { NumberField } from "@/components/ui/NumberField";
import { Panel } from "@/components/ui/Panel";

type Props = {
  weights: Record<string, number>;
  readOnly: boolean;
  onChange: (part: string, weight: number) => void;
};

/** How much each part counts in the overall quality, which is what contributions are paid by. */
export function Weights({ weights, readOnly, onChange }: Props) {
  const { t } = useTranslation(["operator", "gates"]);
  return (
    <Panel title={t("gates.weights")}>
      <p className="mb-4 text-sm text-muted">{t("gates.weights_hint")}</p>
      <ul className="grid grid-cols-2 gap-x-8 gap-y-3 sm:grid-cols-3">
        {Object.entries(weights).map(([part, weight]) => (
          <li key={part} className="flex items-center justify-between gap-3 text-sm">
            <span aria-hidden>{t(`gates:modality.${part}`)}</span>
            <NumberField
              label={t("gates.weight_of", { part: t(`gates:modality.${part}`) })}
              className="max-w-20"
              value={weight}
              min={0.1}
              step={0.1}
              disabled={readOnly}
              onChange={(next) => onChange(part, next)}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
