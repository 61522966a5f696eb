import { useTranslation } from "react-i18next";

import { Button } from "./Button";

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** The button under a list that has more pages. */
export function LoadMore({ pages }: { pages: Pages }) {
  const { t } = useTranslation();
  if (!pages.hasNextPage) return null;
  return (
    <div className="flex justify-center p-4">
      <Button busy={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
        {t("load_more")}
      </Button>
    </div>
  );
}
