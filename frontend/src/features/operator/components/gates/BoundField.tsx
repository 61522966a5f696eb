import { useState } from "react";
import { useTranslation } from "react-i18next";

import { TextInput } from "@/components/ui/Input";

import type { Bound, Rule, Side } from "../../model/rules";

type Props = {
  rule: Rule;
  side: Side;
  problem?: string;
  disabled: boolean;
  onChange: (bound: Bound | null) => void;
};

/** One bound of a rule: a figure, a range for what must lie within, or nothing for never. */
export function BoundField({ rule, side, problem, disabled, onChange }: Props) {
  const { t } = useTranslation(["operator", "gates"]);
  const bound = rule[side];
  const unit = rule.unit && t(`gates:unit.${rule.unit}`, { defaultValue: rule.unit });
  const named = (end?: string) =>
    [t(`gates.side.${side}.${rule.comparator}`), end, unit && `(${unit})`].filter(Boolean).join(" ");
  const common = { disabled, optionalText: bound === null ? t("gates.never") : undefined };
  if (rule.comparator !== "outside")
    return (
      <Figure
        {...common}
        label={named()}
        error={problem}
        value={bound as number | null}
        onChange={(figure) => onChange(figure)}
      />
    );
  const [low, high] = (bound as [number, number] | null) ?? [null, null];
  const put = (one: number | null, other: number | null) =>
    onChange(one === null && other === null ? null : [one ?? other ?? 0, other ?? one ?? 0]);
  return (
    <div className="grid grid-cols-2 items-start gap-3">
      <Figure
        {...common}
        label={named(t("gates.from"))}
        error={problem}
        value={low}
        onChange={(figure) => put(figure, figure === null ? null : high)}
      />
      <Figure
        {...common}
        label={named(t("gates.to"))}
        value={high}
        onChange={(figure) => put(figure === null ? null : low, figure)}
      />
    </div>
  );
}

type FigureProps = {
  label: string;
  value: number | null;
  error?: string;
  disabled: boolean;
  optionalText?: string;
  onChange: (figure: number | null) => void;
};

/** Follows every stroke that makes a figure; what makes none is told and kept until one leaves the field. */
function Figure({ value, error, onChange, ...rest }: FigureProps) {
  const { t } = useTranslation("operator");
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? "" : String(value));
  const wrong = figureOf(shown) === undefined ? t("gates.no_figure") : undefined;
  const change = (text: string) => {
    setTyped(text);
    const figure = figureOf(text);
    if (figure !== undefined) onChange(figure);
  };
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      dir="ltr"
      value={shown}
      error={wrong ?? error}
      onChange={(event) => change(event.target.value)}
      onBlur={() => setTyped(null)}
    />
  );
}

/** Null for nothing, undefined for what is no figure. */
function figureOf(text: string): number | null | undefined {
  const trimmed = text.trim().replace(",", ".");
  if (!trimmed) return null;
  const figure = Number(trimmed);
  return Number.isFinite(figure) ? figure : undefined;
}
