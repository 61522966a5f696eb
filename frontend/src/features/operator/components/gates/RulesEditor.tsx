import { useState } from "react";
import { useTranslation } from "react-i18next";

import { TextInput } from "@/components/ui/Input";
import { Panel } from "@/components/ui/Panel";
import { Segmented } from "@/components/ui/Segmented";
import { Empty, Notice } from "@/components/ui/states";
import { byModality } from "@/lib/gates";

import type { Difference } from "../../api/policies";
import type { Rule, Rules } from "../../model/rules";
import { RuleLine } from "./RuleLine";
import { TakenOut } from "./TakenOut";
import { Weights } from "./Weights";

type Show = "all" | "changed";
type Props = {
  rules: Rules;
  /** What the rules are compared with: the newest version, or what the draft began as. */
  base: Rules | undefined;
  changes: Difference;
  problems: Record<string, string[]>;
  warnings: string[];
  readOnly?: boolean;
  onRule: (id: string, change: Partial<Rule>, label: string) => void;
  onRemove: (id: string) => void;
  onRestore: (rule: Rule) => void;
  onWeight: (part: string, weight: number) => void;
};

/** The whole policy, part by part of a record; a rule opens in its place. */
export function RulesEditor(props: Props) {
  const { rules, base, changes, problems, warnings, readOnly = false } = props;
  const { t } = useTranslation(["operator", "gates"]);
  const [search, setSearch] = useState("");
  const [show, setShow] = useState<Show>("all");
  const [opened, setOpened] = useState<string | null>(null);
  const changed = new Set([...Object.keys(changes.changed), ...changes.added]);
  const before = new Map(base?.rules.map((rule) => [rule.id, rule]));
  const fits = (rule: Rule) => {
    const words = `${rule.id} ${rule.metric} ${t(`gates:rule.${rule.id}`, { defaultValue: "" })}`;
    return (
      words.toLowerCase().includes(search.trim().toLowerCase()) && (show === "all" || changed.has(rule.id))
    );
  };
  const shown = byModality(rules.rules.filter(fits)) as [string, Rule[]][];
  const elsewhere = Object.entries(problems).filter(([place]) => !place.startsWith("rules."));
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <TextInput
          type="search"
          label={t("gates.find")}
          fieldClassName="w-full max-w-sm"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Segmented
          label={t("gates.show")}
          value={show}
          onChange={setShow}
          options={[
            { value: "all", label: t("gates.all", { count: rules.rules.length }) },
            { value: "changed", label: t("gates.changed_only", { count: changed.size }) },
          ]}
        />
      </div>
      {elsewhere.map(([place, [said]]) => (
        <Notice key={place} tone="bad">
          {said}
        </Notice>
      ))}
      {warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
      {shown.length === 0 && <Empty title={t("gates.none_found")} />}
      {shown.map(([modality, ofIt]) => (
        <Panel key={modality} title={t(`gates:modality.${modality}`, { defaultValue: modality })} flush>
          <ul className="divide-y divide-line">
            {ofIt.map((rule) => (
              <RuleLine
                key={rule.id}
                rule={rule}
                before={before.get(rule.id)}
                problems={problems}
                readOnly={readOnly}
                open={opened === rule.id}
                changed={changed.has(rule.id)}
                onToggle={() => setOpened(opened === rule.id ? null : rule.id)}
                onChange={(change, label) => props.onRule(rule.id, change, label)}
                onRemove={() => props.onRemove(rule.id)}
              />
            ))}
          </ul>
        </Panel>
      ))}
      <TakenOut rules={changes.removed.flatMap((id) => before.get(id) ?? [])} onRestore={props.onRestore} />
      <Weights weights={rules.weights} readOnly={readOnly} onChange={props.onWeight} />
    </div>
  );
}
