import { useTranslation } from "react-i18next";

import { Stat } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Cell, Table } from "@/components/ui/Table";
import { percent, useLocale } from "@/lib/format";

import type { Answer, Outcome } from "../../api/what-if";
import { Examples } from "./Examples";

const OUTCOMES: Outcome[] = ["pass", "review", "reject"];

/** Counts of what would change, by outcome and by rule, and examples of it. */
export function WhatIfAnswer({ answer }: { answer: Answer }) {
  const { t } = useTranslation("operator");
  const locale = useLocale();
  const rules = Object.entries(answer.rules).filter(([, of]) => of.appear + of.disappear > 0);
  return (
    <div className="grid gap-6">
      <Panel>
        <dl className="grid grid-cols-2 gap-6 sm:grid-cols-3">
          <Stat label={t("what_if.judged")}>
            <span className="figures">{answer.judged}</span>
          </Stat>
          <Stat label={t("what_if.changed")}>
            <span className="figures">{answer.changed}</span>
          </Stat>
          <Stat label={t("what_if.share")}>
            <span className="figures">{percent(answer.changed / answer.judged, locale, 1)}</span>
          </Stat>
        </dl>
      </Panel>
      <Moves answer={answer} />
      {rules.length > 0 && (
        <Panel title={t("what_if.by_rule")} flush>
          <Table
            caption={t("what_if.by_rule")}
            head={[t("what_if.rule"), t("what_if.appear"), t("what_if.disappear"), t("what_if.stay")]}
          >
            {rules.map(([id, of]) => (
              <RuleCounts key={id} id={id} {...of} />
            ))}
          </Table>
        </Panel>
      )}
      <Examples examples={answer.examples} />
    </div>
  );
}

/** From each outcome to each other: the diagonal stays as it is. */
function Moves({ answer }: { answer: Answer }) {
  const { t } = useTranslation(["operator", "gates"]);
  const count = (before: Outcome, after: Outcome) =>
    answer.transitions
      .filter((one) => one.before === before && one.after === after)
      .reduce((sum, one) => sum + one.count, 0);
  return (
    <Panel title={t("what_if.moves")} flush>
      <Table
        caption={t("what_if.moves")}
        head={[t("what_if.now"), ...OUTCOMES.map((after) => t(`what_if.then.${after}`))]}
      >
        {OUTCOMES.map((before) => (
          <tr key={before}>
            <th scope="row" className="px-5 py-3 text-start font-medium">
              {t(`gates:outcome.${before}`)}
            </th>
            {OUTCOMES.map((after) => (
              <MoveCell key={after} stays={before === after} count={count(before, after)} />
            ))}
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

function MoveCell({ stays, count }: { stays: boolean; count: number }) {
  const look = stays || !count ? "text-muted" : "bg-tungsten-soft font-medium text-tungsten";
  return <Cell className={`figures ${look}`}>{count}</Cell>;
}

function RuleCounts({ id, appear, disappear, stay }: { id: string } & Answer["rules"][string]) {
  const { t } = useTranslation("gates");
  return (
    <tr>
      <Cell>{t(`rule.${id}`, { defaultValue: id.replaceAll("_", " ") })}</Cell>
      <Cell className={`figures ${appear ? "text-bad" : "text-muted"}`}>+{appear}</Cell>
      <Cell className={`figures ${disappear ? "text-good" : "text-muted"}`}>
        {disappear ? `−${disappear}` : 0}
      </Cell>
      <Cell className="figures text-muted">{stay}</Cell>
    </tr>
  );
}
