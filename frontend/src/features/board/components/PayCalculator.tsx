import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Checkbox } from "@/components/ui/Choice";
import { Tokens } from "@/components/ui/figures";
import { Select } from "@/components/ui/Select";
import { Slider } from "@/components/ui/Slider";
import { percent, useLocale } from "@/lib/format";
import { useTargetLabels } from "@/lib/vocabulary";

import type { PayFormula } from "../api/get-pay-formula";
import { amountWei, shareBp } from "../pay";

const ONE_BP = 10_000;
const NONE = "none";

/** What a contribution would earn, with one's own trust: parts, quality, novelty and coverage to play with. */
export function PayCalculator({ formula }: { formula: PayFormula }) {
  const { t } = useTranslation(["board", "gates"]);
  const locale = useLocale();
  const labelOf = useTargetLabels(formula.wanted.map((target) => target.word));
  const [parts, setParts] = useState<ReadonlySet<string>>(new Set(Object.keys(formula.shares_bp)));
  const [quality, setQuality] = useState(0.8);
  const [novelty, setNovelty] = useState(1);
  const [word, setWord] = useState(formula.wanted[0]?.word ?? NONE);
  const scarcity =
    formula.wanted.find((target) => target.word === word)?.scarcity_bp ?? formula.unwanted_scarcity_bp;
  const [quality_bp, novelty_bp] = [quality, novelty].map((share) => Math.round(share * ONE_BP)) as [
    number,
    number,
  ];
  const factors = [
    shareBp(formula.shares_bp, parts),
    quality_bp,
    novelty_bp,
    scarcity,
    formula.your_trust.bp,
  ];
  const toggle = (part: string, on: boolean) => {
    const next = new Set(parts);
    if (on) next.add(part);
    else next.delete(part);
    setParts(next);
  };
  return (
    <div className="grid gap-4">
      <output className="text-2xl">
        <Tokens wei={amountWei(formula.base_reward_wei, factors)} />
      </output>
      <fieldset className="grid gap-2">
        <legend className="mb-2 text-xs text-muted">{t("pay.parts")}</legend>
        {Object.entries(formula.shares_bp).map(([part, bp]) => (
          <Checkbox
            key={part}
            label={`${t(`gates:modality.${part}`)} · ${percent(bp / ONE_BP, locale)}`}
            checked={parts.has(part)}
            onChange={(on) => toggle(part, on)}
          />
        ))}
      </fieldset>
      <Share label={t("pay.quality")} value={quality} onChange={setQuality} />
      <Share label={t("pay.novelty")} value={novelty} onChange={setNovelty} />
      {formula.wanted.length > 0 && (
        <Select
          label={t("pay.fills")}
          value={word}
          options={[
            ...formula.wanted.map((target) => ({
              value: target.word,
              label: labelOf(target.word),
            })),
            { value: NONE, label: t("pay.fills_none") },
          ]}
          onChange={setWord}
        />
      )}
      <p className="figures text-xs text-muted">
        <Tokens wei={formula.base_reward_wei} />
        {factors.map((bp, place) => (
          <span key={place}> × {percent(bp / ONE_BP, "en")}</span>
        ))}
      </p>
      <p className="text-xs text-muted">
        {t("pay.trust", { trust: percent(formula.your_trust.bp / ONE_BP, locale) })}
      </p>
    </div>
  );
}

function Share({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
}) {
  return (
    <Slider
      label={label}
      value={value}
      min={0}
      max={1}
      step={0.01}
      shown={percent(value, "en")}
      onChange={onChange}
    />
  );
}
