import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Panel } from "@/components/ui/Panel";
import { Failed, Skeleton } from "@/components/ui/states";
import { ApiError } from "@/lib/api";
import { percent, useLocale } from "@/lib/format";

import { useSamples } from "../api/search-samples";
import { askedOf } from "../model/asked";
import { Face } from "./Face";

const SHOWN = 6;

/** The samples that look most alike; says so where no model has seen this one. */
export function Near({ sample }: { sample: string }) {
  const { t } = useTranslation("explore");
  const locale = useLocale();
  const pages = useSamples(askedOf(new URLSearchParams({ like: sample })));
  const unseen = pages.error instanceof ApiError && pages.error.status === 404;
  const near = pages.isPlaceholderData ? undefined : pages.data?.pages[0]?.results.slice(0, SHOWN);
  return (
    <Panel title={t("sample.near")}>
      {pages.isError && !unseen && <Failed error={pages.error} onRetry={() => void pages.refetch()} />}
      {(unseen || near?.length === 0) && (
        <p className="text-sm text-muted">{t(unseen ? "sample.unseen" : "sample.alone")}</p>
      )}
      {!near && !pages.isError && <Skeleton className="h-40 w-full" />}
      <ul className="grid grid-cols-2 gap-3">
        {near?.map((one) => (
          <li key={one.id}>
            <Link to={`/explore/samples/${one.id}`} className="grid gap-1.5 rounded-md">
              <Face sample={one} />
              <span className="line-clamp-2 text-xs" dir="auto">
                {one.caption}
              </span>
              <span className="text-xs text-muted">
                {t("search.likeness", { share: percent(one.likeness ?? 0, locale) })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
