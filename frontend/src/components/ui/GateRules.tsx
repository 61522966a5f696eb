import { useTranslation } from "react-i18next";

import { askedBy, byModality, type Asked, type GateRule } from "@/lib/gates";

import { Badge } from "./Badge";

/** Gates in words: for every part of a record what is asked, and what happens otherwise. */
export function GateRules({ rules }: { rules: GateRule[] }) {
  const { t } = useTranslation("gates");
  return (
    <div className="grid gap-2">
      {byModality(rules).map(([modality, ofIt]) => (
        <details key={modality} className="group rounded-md border border-line bg-surface">
          <summary className="flex items-center justify-between gap-3 px-4 py-3 text-sm font-medium marker:content-none">
            {t(`modality.${modality}`, { defaultValue: modality })}
            <span className="figures text-muted">{ofIt.length}</span>
          </summary>
          <ul className="divide-y divide-line border-t border-line">
            {ofIt.map((rule) => (
              <RuleLine key={rule.id} rule={rule} />
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}

function RuleLine({ rule }: { rule: GateRule }) {
  const { t } = useTranslation("gates");
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1.5 px-4 py-2.5 text-sm">
      <span>{t(`rule.${rule.id}`, { defaultValue: rule.id.replaceAll("_", " ") })}</span>
      <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
        {askedBy(rule).map((asked) => (
          <AskedFor key={asked.outcome} rule={rule} asked={asked} />
        ))}
      </span>
    </li>
  );
}

function AskedFor({ rule, asked }: { rule: GateRule; asked: Asked }) {
  const { t } = useTranslation("gates");
  const worded = asked.sign === "none" || asked.sign === "yes";
  return (
    <span className="inline-flex items-center gap-2">
      {worded ? (
        <span className="text-muted">{t(`asked.${asked.sign}`)}</span>
      ) : (
        <span className="figures">{`${asked.sign} ${asked.bound}`.trim()}</span>
      )}
      {rule.unit && <span className="text-muted">{t(`unit.${rule.unit}`, { defaultValue: rule.unit })}</span>}
      {rule.calibrated && <span className="text-muted">{t("asked.probability")}</span>}
      <Badge tone={asked.outcome === "reject" ? "bad" : "warn"}>{t(`otherwise.${asked.outcome}`)}</Badge>
    </span>
  );
}
