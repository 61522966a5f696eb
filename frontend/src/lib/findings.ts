/** A finding of the gates in the person's words: by its code where their language has a text, else as the server said it. */
import type { i18n as I18n } from "i18next";
import { useTranslation } from "react-i18next";

export type SaidFinding = { code: string; message: string; fix: string; told: string; asked: string };

/** `0.25 s` -> its figure and its unit; the unit is empty where there is none. */
const QUANTITY = /^(a probability of )?(-?[\d.]+(?:e[+-]?\d+)?)(?: (.+))?$/;
/** The bounds that `curation/gating/wording.py` tells. */
const BOUNDS: [RegExp, string][] = [
  [/^(a probability of )?at least (.+)$/, "least"],
  [/^(a probability of )?at most (.+)$/, "most"],
  [/^()exactly (.+)$/, "exactly"],
];
const RANGE = /^(-?[\d.e+-]+) to (-?[\d.e+-]+)(?: (.+))?$/;

/** What was found, how to fix it, what was measured and what is asked for. Needs the texts `findings` and `gates`. */
export function findingText(finding: SaidFinding, { t, exists }: Pick<I18n, "t" | "exists">): SaidFinding {
  const { code, told, asked } = finding;
  const said = { ...finding, told: quantity(told, t), asked: bound(asked, t) };
  if (!exists(`findings:${code}`)) return said;
  const values = { measured: QUANTITY.exec(told)?.[2] ?? told, asked: said.asked };
  return {
    ...said,
    message: t(`findings:${code}.message`, values),
    fix: t(`findings:${code}.fix`, values),
  };
}

export function useFindingText(): (finding: SaidFinding) => SaidFinding {
  const { i18n } = useTranslation(["findings", "gates"]);
  return (finding) => findingText(finding, i18n);
}

function bound(asked: string, t: I18n["t"]): string {
  const range = RANGE.exec(asked);
  if (range)
    return t("gates:bound.range", { low: range[1], high: range[2], unit: unitText(range[3], t) }).trim();
  for (const [pattern, kind] of BOUNDS) {
    const [, likely, value] = pattern.exec(asked) ?? [];
    if (value === undefined) continue;
    const text = t(`gates:bound.${kind}`, { value: quantity(value, t) });
    return likely ? t("gates:bound.probability", { text }) : text;
  }
  return asked;
}

function quantity(told: string, t: I18n["t"]): string {
  const [, likely, figure, unit] = QUANTITY.exec(told) ?? [];
  if (figure === undefined) return told;
  const text = `${figure} ${unitText(unit, t)}`.trim();
  return likely ? t("gates:bound.probability", { text }) : text;
}

function unitText(unit: string | undefined, t: I18n["t"]): string {
  return unit ? t(`gates:unit.${unit}`, { defaultValue: unit }) : "";
}
