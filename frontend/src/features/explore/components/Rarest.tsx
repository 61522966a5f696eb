import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Panel } from "@/components/ui/Panel";

import type { Coverage } from "../api/read-coverage";
import { useWord } from "../hooks/use-word";
import { addressOf } from "../model/address";
import type { Chosen } from "../model/asked";
import type { Facet } from "../model/facets";
import { thinnest } from "../model/heat";

const SHOWN = 10;

/** How many pairs are missing, and the rarest of those that are there. */
export function Rarest({ coverage, facets }: { coverage: Coverage; facets: Chosen }) {
  const { t } = useTranslation("explore");
  const [x, y] = [coverage.x as Facet, coverage.y as Facet];
  const [wordX, wordY] = [useWord(x), useWord(y)];
  const { missing, rare } = thinnest(coverage, SHOWN);
  return (
    <Panel title={t("coverage.rarest")}>
      <p className="text-sm text-muted">
        {t("coverage.missing", { count: missing, all: coverage.xs.length * coverage.ys.length })}
      </p>
      {rare.length > 0 && (
        <ol className="mt-4 grid gap-2 text-sm">
          {rare.map((pair) => (
            <li key={`${pair.x} ${pair.y}`} className="flex justify-between gap-4">
              <Link
                to={addressOf(facets, [x, pair.x], [y, pair.y])}
                className="underline-offset-4 hover:underline"
              >
                <bdi>{wordY(pair.y)}</bdi> <span className="text-muted">×</span> <bdi>{wordX(pair.x)}</bdi>
              </Link>
              <span className="figures text-muted">{pair.count}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
