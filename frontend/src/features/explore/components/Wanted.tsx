import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { Progress } from "@/components/ui/Progress";
import { Failed, Skeleton } from "@/components/ui/states";

import { useCounts } from "../api/count-samples";
import { useCampaignChoices } from "../api/list-campaigns";
import { useWord } from "../hooks/use-word";
import type { Facet } from "../model/facets";
import { type Gap, gapsOf, wantedBy } from "../model/heat";

/** What the campaign (all that are open, where none is named) wants beside what it holds, the emptiest first. */
export function Wanted({ campaign }: { campaign: string | undefined }) {
  const { t } = useTranslation("explore");
  const campaigns = useCampaignChoices();
  const asking = (campaigns.data ?? []).filter(
    ({ id, status, coverage_targets: targets }) =>
      (campaign ? id === campaign : status === "open") && Object.keys(targets).length > 0,
  );
  const counts = useCounts(asking.length > 0 ? { campaign: asking.map(({ id }) => id) } : {});
  if (campaigns.isPending || counts.isPending) return <Skeleton className="h-40 w-full" />;
  const failed = [campaigns, counts].find(({ isError }) => isError);
  if (failed) return <Failed error={failed.error} onRetry={() => void failed.refetch()} />;
  const gaps = gapsOf(wantedBy(asking), counts.data?.facets ?? {});
  return (
    <Panel title={t("coverage.wanted")}>
      {gaps.length === 0 ? (
        <p className="text-sm text-muted">{t("coverage.nothing_wanted")}</p>
      ) : (
        <ul className="grid gap-3 text-sm">
          {gaps.map((gap) => (
            <Line key={`${gap.facet}=${gap.value}`} gap={gap} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Line({ gap }: { gap: Gap }) {
  const { t } = useTranslation("explore");
  const name = useWord(gap.facet as Facet)(gap.value);
  return (
    <li className="grid gap-1.5">
      <span className="flex justify-between gap-4">
        <span>
          <span className="text-muted">{t(`facet.${gap.facet}`)}</span> <bdi>{name}</bdi>
        </span>
        <span className="figures text-muted">{`${gap.held} / ${gap.wanted}`}</span>
      </span>
      <Progress value={gap.held / gap.wanted} label={name} />
    </li>
  );
}
