import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Select } from "@/components/ui/Select";
import { Failed, LoadingRows } from "@/components/ui/states";

import { useCampaignChoices } from "./api/list-campaigns";
import { useCoverage } from "./api/read-coverage";
import { ExploreWays } from "./components/ExploreWays";
import { HeatMap } from "./components/HeatMap";
import { Rarest } from "./components/Rarest";
import { Wanted } from "./components/Wanted";
import { type Facet, FACETS } from "./model/facets";

const ALL = "all";

export function Component() {
  const { t } = useTranslation("explore");
  const [x, setX] = useState<Facet>("light");
  const [y, setY] = useState<Facet>("movement");
  const [campaign, setCampaign] = useState(ALL);
  const campaigns = useCampaignChoices();
  const facets = campaign === ALL ? {} : { campaign: [campaign] };
  const coverage = useCoverage(x, y, facets);
  const options = (other: Facet) =>
    FACETS.filter((facet) => facet !== other).map((facet) => ({ value: facet, label: t(`facet.${facet}`) }));
  return (
    <Page title={t("coverage.title")} lead={t("coverage.lead")}>
      <ExploreWays />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-6">
          <div className="grid gap-4 sm:grid-cols-3">
            <Select label={t("coverage.rows")} value={y} onChange={setY} options={options(x)} />
            <Select label={t("coverage.columns")} value={x} onChange={setX} options={options(y)} />
            <Select
              label={t("facet.campaign")}
              value={campaign}
              onChange={setCampaign}
              options={[
                { value: ALL, label: t("coverage.all") },
                ...(campaigns.data ?? []).map(({ id, title }) => ({ value: id, label: title })),
              ]}
            />
          </div>
          <Panel flush>
            {coverage.isPending && <LoadingRows />}
            {coverage.isError && <Failed error={coverage.error} onRetry={() => void coverage.refetch()} />}
            {coverage.data && <HeatMap coverage={coverage.data} facets={facets} />}
          </Panel>
        </div>
        <div className="grid gap-6">
          <Wanted campaign={campaign === ALL ? undefined : campaign} />
          {coverage.data && <Rarest coverage={coverage.data} facets={facets} />}
        </div>
      </div>
    </Page>
  );
}
