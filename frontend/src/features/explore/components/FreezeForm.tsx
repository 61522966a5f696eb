import { useTranslation } from "react-i18next";

import { Checkbox } from "@/components/ui/Choice";
import { Panel } from "@/components/ui/Panel";
import { Select } from "@/components/ui/Select";
import { Slider } from "@/components/ui/Slider";
import { Failed, Skeleton } from "@/components/ui/states";
import { percent, useLocale } from "@/lib/format";
import { flatten } from "@/lib/query";

import { useDatasets } from "../api/list-datasets";
import type { Asked } from "../model/asked";
import { MODALITIES } from "../model/build";
import type { More } from "../model/selection";
import { CampaignChoice } from "./CampaignChoice";
import { FacetChips } from "./AskedChips";
import { NewDataset } from "./NewDataset";

type Props = {
  dataset: string;
  setDataset: (id: string) => void;
  asked: Asked;
  ask: (part: Partial<Asked>) => void;
  more: More;
  setMore: (part: Partial<More>) => void;
  /** How many samples were picked out; 0 where everything that fits is taken. */
  byHand: number;
};

/** Into which dataset, and what narrows it. */
export function FreezeForm({ dataset, setDataset, asked, ask, more, setMore, byHand }: Props) {
  const { t } = useTranslation("explore");
  const locale = useLocale();
  const datasets = useDatasets();
  return (
    <Panel>
      <div className="grid gap-6">
        {datasets.isPending && <Skeleton className="h-16 w-full" />}
        {datasets.isError && <Failed error={datasets.error} onRetry={() => void datasets.refetch()} />}
        {datasets.isSuccess && (
          <div className="flex flex-wrap items-end gap-3">
            <Select
              className="min-w-56 grow"
              label={t("freeze.dataset")}
              placeholder={t("freeze.choose")}
              value={dataset}
              onChange={setDataset}
              options={flatten(datasets.data).map(({ id, name }) => ({ value: id, label: name }))}
            />
            <NewDataset onCreated={setDataset} />
          </div>
        )}
        {byHand > 0 && <p className="text-sm">{t("chosen.count", { count: byHand })}</p>}
        {Object.keys(asked.facets).length > 0 && (
          <div className="grid gap-2">
            <p className="text-sm font-medium">{t("freeze.found_by")}</p>
            <ul className="flex flex-wrap gap-2">
              <FacetChips asked={asked} ask={ask} />
            </ul>
          </div>
        )}
        <CampaignChoice chosen={more.campaigns} onChange={(campaigns) => setMore({ campaigns })} />
        <fieldset className="grid gap-2">
          <legend className="mb-1 text-sm font-medium">{t("freeze.modalities")}</legend>
          <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
            {MODALITIES.map((modality) => (
              <Checkbox
                key={modality}
                label={t(`modality.${modality}`)}
                checked={more.modalities.includes(modality)}
                onChange={(on) =>
                  setMore({
                    modalities: on
                      ? [...more.modalities, modality]
                      : more.modalities.filter((one) => one !== modality),
                  })
                }
              />
            ))}
          </div>
        </fieldset>
        <Slider
          label={t("freeze.quality")}
          value={more.minQuality}
          min={0}
          max={1}
          step={0.05}
          shown={percent(more.minQuality, locale)}
          onChange={(minQuality) => setMore({ minQuality })}
        />
      </div>
    </Panel>
  );
}
