import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Panel } from "@/components/ui/Panel";

import type { Rule } from "../../model/rules";

/** Rules that the policy had and the draft has no more. */
export function TakenOut({ rules, onRestore }: { rules: Rule[]; onRestore: (rule: Rule) => void }) {
  const { t } = useTranslation(["operator", "gates"]);
  if (rules.length === 0) return null;
  return (
    <Panel title={t("gates.taken_out")} flush>
      <ul className="divide-y divide-line">
        {rules.map((rule) => (
          <li key={rule.id} className="flex items-center justify-between gap-4 px-5 py-2.5 text-sm">
            <span className="text-muted line-through">
              {t(`gates:rule.${rule.id}`, { defaultValue: rule.id.replaceAll("_", " ") })}
            </span>
            <Button size="sm" onClick={() => onRestore(rule)}>
              {t("gates.put_back")}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
