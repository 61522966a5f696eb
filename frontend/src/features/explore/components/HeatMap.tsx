import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Empty } from "@/components/ui/states";

import type { Coverage } from "../api/read-coverage";
import { useWord } from "../hooks/use-word";
import type { Chosen } from "../model/asked";
import { addressOf } from "../model/address";
import type { Facet } from "../model/facets";
import { tint } from "../model/heat";

type Props = { coverage: Coverage; facets: Chosen };

/** Two facets crossed: a table whose cells are tinted by how many samples there are, each the way to them. */
export function HeatMap({ coverage, facets }: Props) {
  const { t } = useTranslation("explore");
  const { xs, ys, counts } = coverage;
  const [x, y] = [coverage.x as Facet, coverage.y as Facet];
  const [wordX, wordY] = [useWord(x), useWord(y)];
  const most = Math.max(0, ...counts.flat());
  if (xs.length === 0 || ys.length === 0) return <Empty title={t("coverage.none")} />;
  const caption = t("coverage.caption", { rows: t(`facet.${y}`), columns: t(`facet.${x}`) });
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className="relative overflow-x-auto p-4" tabIndex={0} role="region" aria-label={caption}>
      <table className="border-separate border-spacing-0.5 text-xs">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <td />
            {xs.map((value) => (
              <th key={value} scope="col" className="h-32 w-10 align-bottom font-normal text-muted">
                <span className="inline-block max-h-32 rotate-180 truncate py-1 text-start [writing-mode:vertical-rl]">
                  {wordX(value)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ys.map((row, at) => (
            <tr key={row}>
              <th
                scope="row"
                className="sticky start-0 z-10 max-w-44 truncate bg-surface py-1 ps-1 pe-3 text-start font-normal text-muted"
              >
                <bdi>{wordY(row)}</bdi>
              </th>
              {xs.map((column, place) => (
                <HeatCell
                  key={column}
                  count={counts[at]?.[place] ?? 0}
                  most={most}
                  to={addressOf(facets, [x, column], [y, row])}
                  label={`${wordY(row)}, ${wordX(column)}`}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CellProps = { count: number; most: number; to: string; label: string };

function HeatCell({ count, most, to, label }: CellProps) {
  const { t } = useTranslation("explore");
  const background = `color-mix(in oklab, var(--info) ${tint(count, most)}%, var(--sunken))`;
  return (
    <td className="p-0">
      {count === 0 ? (
        <span className="figures grid h-8 min-w-10 place-items-center rounded-sm bg-sunken text-muted">
          0
        </span>
      ) : (
        <Link
          to={to}
          aria-label={t("coverage.cell", { label, count })}
          style={{ background }}
          className="figures grid h-8 min-w-10 place-items-center rounded-sm transition hover:outline-2 hover:outline-ink"
        >
          {count}
        </Link>
      )}
    </td>
  );
}
