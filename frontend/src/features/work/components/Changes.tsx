import { useTranslation } from "react-i18next";

import type { Change } from "@/lib/record-diff";

const SHOWN = 200;

export function Changes({ changes }: { changes: Change[] }) {
  const { t } = useTranslation("work");
  return (
    <>
      <p className="text-sm text-muted">{t("diff.count", { count: changes.length })}</p>
      <ul className="divide-y divide-line rounded-md border border-line">
        {changes.slice(0, SHOWN).map((change) => (
          <li
            key={change.path}
            className="grid gap-1 px-4 py-2.5 text-sm sm:grid-cols-[14rem_minmax(0,1fr)] sm:gap-4"
          >
            <span className="figures truncate text-muted" title={change.path}>
              {change.path}
            </span>
            <div className="grid min-w-0 gap-0.5 [overflow-wrap:anywhere]">
              {change.before !== undefined && (
                <del className="text-bad" dir="auto">
                  {change.before}
                </del>
              )}
              {change.after !== undefined && (
                <ins className="text-good no-underline" dir="auto">
                  {change.after}
                </ins>
              )}
            </div>
          </li>
        ))}
      </ul>
      {changes.length > SHOWN && (
        <p className="text-sm text-muted">{t("diff.more", { count: changes.length - SHOWN })}</p>
      )}
    </>
  );
}
