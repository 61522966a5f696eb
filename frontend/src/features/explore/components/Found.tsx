import { Snowflake } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { Segmented } from "@/components/ui/Segmented";
import { duration, useLocale } from "@/lib/format";

import { useCounts } from "../api/count-samples";
import type { SamplePage } from "../api/search-samples";
import { type Asked, queryOf } from "../model/asked";

type Props = {
  asked: Asked;
  ask: (part: Partial<Asked>) => void;
  orderedBy: SamplePage["answered_by"] | undefined;
};

/** How many fit, in which order they are shown, and the way to a version of them. */
export function Found({ asked, ask, orderedBy }: Props) {
  const { t } = useTranslation("explore");
  const locale = useLocale();
  const { data: counts } = useCounts(asked.facets, asked.minQuality);
  if (!counts || counts.total === 0) return null;
  const ordered = Boolean(asked.words || asked.like);
  const narrowed = queryOf({ ...asked, words: "", image: "", like: "", newest: false });
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <p role="status" className="text-sm text-muted">
        {t(orderedBy?.includes("newest") === false ? "search.out_of" : "search.total", {
          count: counts.total,
          length: duration(counts.duration_s, locale),
        })}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {ordered && (
          <Segmented
            label={t("search.order")}
            value={asked.newest ? "newest" : "likest"}
            onChange={(order) => ask({ newest: order === "newest" })}
            options={(["likest", "newest"] as const).map((value) => ({ value, label: t(`search.${value}`) }))}
          />
        )}
        <Button asChild size="sm">
          <Link to={`/explore/freeze?${narrowed.toString()}`}>
            <Snowflake className="size-4" aria-hidden />
            {t("search.freeze")}
          </Link>
        </Button>
      </div>
    </div>
  );
}
