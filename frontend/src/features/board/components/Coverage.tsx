import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { Progress } from "@/components/ui/Progress";
import { useTargetLabels } from "@/lib/vocabulary";

import type { PayFormula } from "../api/get-pay-formula";

/** How many of which camera moves, lights, times and shots are wanted, and how many there are. */
export function Coverage({ wanted }: { wanted: PayFormula["wanted"] }) {
  const { t } = useTranslation("board");
  const labelOf = useTargetLabels(wanted.map((target) => target.word));
  return (
    <Panel title={t("coverage.title")}>
      <p className="mb-4 text-xs text-muted">{t("coverage.text")}</p>
      <ul className="grid gap-3 text-sm">
        {wanted.map((target) => {
          const facet = target.word.split("=")[0];
          const word = labelOf(target.word);
          return (
            <li key={target.word} className="grid gap-1.5">
              <span className="flex justify-between gap-4">
                <span>
                  <span className="text-muted">{t(`coverage.facet.${facet}`)}</span> {word}
                </span>
                <span className="figures text-muted">{`${target.accepted}/${target.wanted}`}</span>
              </span>
              <Progress value={target.accepted / target.wanted} label={word} />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
