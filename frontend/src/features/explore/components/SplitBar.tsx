import { useTranslation } from "react-i18next";

import { splitCounts } from "../model/build";

const FILL = ["bg-info", "bg-tungsten", "bg-muted"];

/** How many samples each split has, as shares of a bar with its figures. */
export function SplitBar({ version }: { version: { split_counts?: unknown } }) {
  const { t } = useTranslation("explore");
  const counts = splitCounts(version);
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return <span className="text-muted">–</span>;
  return (
    <div className="grid gap-1">
      <div aria-hidden className="flex h-1.5 gap-px overflow-hidden rounded-full">
        {counts.map(([split, count], index) => (
          <span key={split} className={FILL[index]} style={{ width: `${(100 * count) / all}%` }} />
        ))}
      </div>
      <p className="flex flex-wrap gap-x-3 text-xs text-muted">
        {counts.map(([split, count]) => (
          <span key={split}>
            {t(`split.${split}`)} <span className="figures">{count}</span>
          </span>
        ))}
      </p>
    </div>
  );
}
