import { SearchX } from "lucide-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";
import { Empty, Failed, LoadingRows, Notice } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { useSamples } from "./api/search-samples";
import { AskedChips } from "./components/AskedChips";
import { ChosenBar } from "./components/ChosenBar";
import { ExploreWays } from "./components/ExploreWays";
import { FacetPanel } from "./components/FacetPanel";
import { Found } from "./components/Found";
import { SampleGrid } from "./components/SampleGrid";
import { SearchBar } from "./components/SearchBar";
import { useAsked } from "./hooks/use-asked";
import { usePictureSearch } from "./hooks/use-picture-search";
import { narrows } from "./model/asked";

export function Component() {
  const { t } = useTranslation("explore");
  const { asked, ask } = useAsked();
  const pages = useSamples(asked);
  const byPicture = usePictureSearch((image) => ask({ image, words: "", like: "", newest: false }));
  const samples = flatten(pages.data);
  const [first] = pages.data?.pages ?? [];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const nothingThere = !asked.words && !asked.image && !asked.like && !narrows(asked);
  return (
    <Page title={t("search.title")} lead={t("search.lead")}>
      <ExploreWays />
      <div {...byPicture.drop} className="grid items-start gap-8 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <FacetPanel asked={asked} ask={ask} />
        <div className="grid min-w-0 gap-4">
          <SearchBar
            words={asked.words}
            storing={byPicture.storing}
            onWords={(words) => ask({ words, image: "", like: "" })}
            onPicture={byPicture.take}
          />
          <AskedChips asked={asked} ask={ask} />
          <Found asked={asked} ask={ask} orderedBy={first?.answered_by} />
          {asked.words && first && !first.answered_by.includes("likeness") && !asked.newest && (
            <Notice>{t("search.words_only")}</Notice>
          )}
          {pages.isPending && <LoadingRows />}
          {pages.isError && (
            <Failed
              error={pages.error}
              onRetry={() => void (samples.length > 0 ? fetchNextPage() : pages.refetch())}
            />
          )}
          {pages.isSuccess && samples.length === 0 && (
            <Empty icon={<SearchX />} title={t(nothingThere ? "search.none_yet" : "search.none")}>
              {t(nothingThere ? "search.none_yet_text" : "search.none_text")}
            </Empty>
          )}
          {samples.length > 0 && (
            <SampleGrid samples={samples} hasMore={hasNextPage && !pages.isError} onNearEnd={more} />
          )}
        </div>
      </div>
      <ChosenBar />
    </Page>
  );
}
