import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { askedBy } from "@/lib/gates";

import type { Rule } from "../../model/rules";
import { RulePanel } from "./RulePanel";

type Props = {
  rule: Rule;
  before: Rule | undefined;
  problems: Record<string, string[]>;
  readOnly: boolean;
  open: boolean;
  changed: boolean;
  onToggle: () => void;
  onChange: (change: Partial<Rule>, label: string) => void;
  onRemove: () => void;
};

/** A rule in one line, with its bounds; opened it can be changed. */
export function RuleLine({ problems, open, changed, onToggle, ...rest }: Props) {
  const { t } = useTranslation(["operator", "gates"]);
  const { rule } = rest;
  const own = Object.keys(problems).filter((place) => `${place}.`.startsWith(`rules.${rule.id}.`));
  const problemOf = (field: string) => problems[["rules", rule.id, field].filter(Boolean).join(".")]?.[0];
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="flex w-full flex-wrap items-center justify-between gap-x-4 gap-y-1 px-5 py-2.5 text-start text-sm transition hover:bg-sunken"
      >
        <span className="flex min-w-0 items-center gap-2">
          <ChevronDown
            aria-hidden
            className={clsx("size-4 shrink-0 text-muted transition", !open && "-rotate-90 rtl:rotate-90")}
          />
          <span className={clsx(open && "font-medium")}>
            {t(`gates:rule.${rule.id}`, { defaultValue: rule.id.replaceAll("_", " ") })}
          </span>
          {changed && <Badge tone="info">{t("gates.changed")}</Badge>}
          {own.length > 0 && <Badge tone="bad">{t("gates.problem")}</Badge>}
        </span>
        <Bounds rule={rule} />
      </button>
      {open && <RulePanel {...rest} problemOf={problemOf} />}
    </li>
  );
}

function Bounds({ rule }: { rule: Rule }) {
  const { t } = useTranslation("gates");
  return (
    <span className="ms-6 flex flex-wrap gap-x-5 gap-y-1 sm:ms-0">
      {askedBy(rule).map(({ outcome, sign, bound }) => (
        <span key={outcome} className="inline-flex items-center gap-2">
          <span
            className={`size-2 rounded-full ${outcome === "reject" ? "bg-bad" : "bg-warn"}`}
            aria-hidden
          />
          <span className="sr-only">{t(`outcome.${outcome}`)}</span>
          {sign === "none" || sign === "yes" ? (
            <span className="text-muted">{t(`asked.${sign}`)}</span>
          ) : (
            <span className="figures">{`${sign} ${bound}`.trim()}</span>
          )}
          {rule.unit && (
            <span className="text-muted">{t(`unit.${rule.unit}`, { defaultValue: rule.unit })}</span>
          )}
        </span>
      ))}
    </span>
  );
}
