import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Switch } from "@/components/ui/Choice";
import { TextArea } from "@/components/ui/Input";

import type { Rule, Side, Unless } from "../../model/rules";
import { BoundField } from "./BoundField";
import { RuleSpread } from "./RuleSpread";

const SIDES: Side[] = ["reject", "review", "good"];

type Props = {
  rule: Rule;
  before: Rule | undefined;
  problemOf: (field: string) => string | undefined;
  readOnly: boolean;
  onChange: (change: Partial<Rule>, label: string) => void;
  onRemove: () => void;
};

/** One rule opened: its scores, its bounds, and the words that contributors are told. */
export function RulePanel({ rule, before, problemOf, readOnly, onChange, onRemove }: Props) {
  const { t } = useTranslation("operator");
  const words = (field: "message" | "fix") => (
    <TextArea
      label={t(`gates.${field}`)}
      hint={field === "message" ? t("gates.placeholders") : t("gates.fix_hint")}
      rows={2}
      value={rule[field]}
      error={problemOf(field)}
      disabled={readOnly}
      onChange={(event) => onChange({ [field]: event.target.value }, `${rule.id} ${field}`)}
    />
  );
  return (
    <div className="grid gap-6 border-t border-line bg-ground/60 px-5 py-5">
      <div className="grid gap-x-8 gap-y-6 md:grid-cols-[minmax(0,1fr)_17rem]">
        <RuleSpread rule={rule} before={before} />
        <div className="grid content-start gap-4">
          {SIDES.map((side) => (
            <BoundField
              key={side}
              rule={rule}
              side={side}
              problem={problemOf(side) ?? (side === "reject" ? problemOf("") : undefined)}
              disabled={readOnly}
              onChange={(bound) => onChange({ [side]: bound }, `${rule.id} ${side}`)}
            />
          ))}
        </div>
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        {words("message")}
        {words("fix")}
      </div>
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <Switch
          label={t("gates.required")}
          hint={t("gates.required_hint")}
          checked={rule.required}
          disabled={readOnly}
          onChange={(required) => onChange({ required }, `${rule.id} required`)}
        />
        {!readOnly && (
          <Button size="sm" look="danger" onClick={onRemove}>
            {t("gates.take_out")}
          </Button>
        )}
      </div>
      <Facts rule={rule} />
    </div>
  );
}

function Facts({ rule }: { rule: Rule }) {
  const { t } = useTranslation("operator");
  return (
    <dl className="grid gap-x-6 gap-y-1.5 border-t border-line pt-4 text-xs sm:grid-cols-[8rem_1fr]">
      <dt className="text-muted">{t("gates.metric")}</dt>
      <dd className="figures">{rule.metric}</dd>
      {rule.model && (
        <>
          <dt className="text-muted">{t("gates.model")}</dt>
          <dd className="figures">{rule.model}…</dd>
        </>
      )}
      {rule.unless.map((unless) => (
        <Lifted key={unless.path} unless={unless} />
      ))}
    </dl>
  );
}

function Lifted({ unless: { path, one_of: words, all_items: all } }: { unless: Unless }) {
  const { t } = useTranslation("operator");
  return (
    <>
      <dt className="text-muted">{t("gates.unless")}</dt>
      <dd className="figures">
        {path} {all ? "∀" : "="} {words.join(" | ")}
      </dd>
    </>
  );
}
