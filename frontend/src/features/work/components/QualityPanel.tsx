import { useTranslation } from "react-i18next";

import { Stat } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Progress } from "@/components/ui/Progress";
import type { Schemas } from "@/lib/api";
import { percent, useLocale } from "@/lib/format";

/** The scores in one figure for the whole and one for each part; these enter the pay. */
export function QualityPanel({ gates }: { gates: Schemas["GatesOutput"] }) {
  const { t } = useTranslation(["work", "gates"]);
  const locale = useLocale();
  return (
    <Panel title={t("quality.title")}>
      <dl className="grid grid-cols-2 gap-4">
        <Stat label={t("quality.overall")}>
          <span className="figures">{percent(gates.overall, locale)}</span>
        </Stat>
        <Stat label={t("quality.novelty")}>
          <span className="figures">{percent(gates.novelty, locale)}</span>
        </Stat>
      </dl>
      <ul className="mt-5 grid gap-3 border-t border-line pt-4">
        {Object.entries(gates.quality as Record<string, number>).map(([modality, value]) => {
          const name = t(`gates:modality.${modality}`, { defaultValue: modality });
          return (
            <li key={modality} className="grid gap-1.5">
              <span className="flex justify-between text-sm">
                {name}
                <span className="figures text-muted">{percent(value, locale)}</span>
              </span>
              <Progress value={value} label={name} />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
