import { useTranslation } from "react-i18next";

import { Cell, Table } from "@/components/ui/Table";

import { type Columns, thinned } from "../model/curves";

const ROWS = 24;

/** The chart's figures, for who reads rather than looks. */
export function CurveTable({
  columns,
  names,
  metric,
}: {
  columns: Columns;
  names: string[];
  metric: string;
}) {
  const { t } = useTranslation("training");
  return (
    <details className="text-sm">
      <summary className="text-muted">{t("curves.as_table")}</summary>
      <div className="mt-3 max-h-80 overflow-y-auto rounded-md border border-line">
        <Table caption={t("curves.chart", { metric })} head={[t("curves.step"), ...names]}>
          {thinned(columns, ROWS).map(({ step, values }) => (
            <tr key={step}>
              <Cell className="figures">{step}</Cell>
              {values.map((value, index) => (
                <Cell key={index} className="figures">
                  {value === null ? "–" : Number(value.toPrecision(5))}
                </Cell>
              ))}
            </tr>
          ))}
        </Table>
      </div>
    </details>
  );
}
