import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Slider } from "@/components/ui/Slider";
import { Failed, Skeleton } from "@/components/ui/states";
import { percent, useLocale } from "@/lib/format";

import { useCounts, useOwnCounts } from "../api/count-samples";
import { type Asked, toggled } from "../model/asked";
import { FACETS } from "../model/facets";
import { FacetGroup } from "./FacetGroup";

const OPEN_AT_FIRST = 4;
type Props = { asked: Asked; ask: (part: Partial<Asked>) => void };

/** What the samples can be narrowed by, with how many there are of each; folded away on a phone. */
export function FacetPanel({ asked, ask }: Props) {
  const { t } = useTranslation("explore");
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const [dragged, setDragged] = useState<number | null>(null);
  const quality = dragged ?? asked.minQuality;
  const counts = useCounts(asked.facets, asked.minQuality);
  const own = useOwnCounts(asked);
  const chosen = Object.values(asked.facets).reduce((sum, values) => sum + (values?.length ?? 0), 0);
  return (
    <section aria-label={t("facets.title")}>
      <Button
        className="w-full lg:hidden"
        aria-expanded={open}
        icon={<SlidersHorizontal className="size-4" />}
        onClick={() => setOpen(!open)}
      >
        {t("facets.title")} {chosen > 0 && <span className="figures">{chosen}</span>}
      </Button>
      <div className={`${open ? "grid" : "hidden"} gap-1 pt-4 lg:grid lg:pt-0`}>
        {counts.isPending && <Skeleton className="h-64 w-full" />}
        {counts.isError && <Failed error={counts.error} onRetry={() => void counts.refetch()} />}
        {counts.data &&
          FACETS.map((facet, at) => (
            <FacetGroup
              key={facet}
              facet={facet}
              counts={own[facet] ?? counts.data.facets[facet] ?? []}
              chosen={asked.facets[facet] ?? []}
              openAtFirst={at < OPEN_AT_FIRST}
              onToggle={(value) => ask({ facets: toggled(asked.facets, facet, value) })}
            />
          ))}
        <div className="pt-3">
          <Slider
            label={t("facets.quality")}
            value={quality}
            min={0}
            max={1}
            step={0.05}
            shown={percent(quality, locale)}
            onChange={setDragged}
            onCommit={(minQuality) => {
              setDragged(null);
              ask({ minQuality });
            }}
          />
        </div>
      </div>
    </section>
  );
}
