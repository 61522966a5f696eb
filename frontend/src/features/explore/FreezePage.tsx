import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Page } from "@/components/ui/Page";

import type { Selection } from "./api/freeze-version";
import { FreezeForm } from "./components/FreezeForm";
import { FreezePreview } from "./components/FreezePreview";
import { useAsked } from "./hooks/use-asked";
import { useChosen } from "./hooks/use-chosen";
import { NOTHING_MORE, selectionOf } from "./model/selection";

/** From a search, or from samples picked out, to a version: first what it would hold, then for ever. */
export function Component() {
  const { t } = useTranslation("explore");
  const { asked, ask, query } = useAsked();
  const [dataset, setDataset] = useState(query.get("dataset") ?? "");
  const [more, setMore] = useState({ ...NOTHING_MORE, minQuality: asked.minQuality });
  const chosen = useChosen();
  const byHand = query.get("chosen") === "true" && chosen.size > 0;
  const selection: Selection = selectionOf({ facets: asked.facets, ids: byHand ? [...chosen] : [], ...more });
  return (
    <Page
      title={t("freeze.open")}
      lead={t("freeze.lead")}
      eyebrow={
        <Link to="/explore/datasets" className="underline-offset-4 hover:underline">
          {t("datasets.title")}
        </Link>
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <FreezeForm
          {...{ dataset, setDataset, asked, ask, more }}
          setMore={(part) => setMore({ ...more, ...part })}
          byHand={byHand ? chosen.size : 0}
        />
        <FreezePreview dataset={dataset} selection={selection} byHand={byHand} />
      </div>
    </Page>
  );
}
