import { Snowflake } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { Checkbox } from "@/components/ui/Choice";
import { Dialog } from "@/components/ui/Dialog";
import { Slider } from "@/components/ui/Slider";
import { Failed, Notice, Skeleton } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import { percent, useLocale } from "@/lib/format";

import { type Selection, useFreeze } from "../api/freeze-version";
import { useCampaignChoices } from "../api/list-campaigns";
import type { Dataset } from "../api/list-datasets";
import { MODALITIES } from "../model/build";

type Asked = Required<Pick<Selection, "campaigns" | "min_quality" | "modalities">>;
const ALL: Asked = { campaigns: [], min_quality: 0, modalities: [] };

/** What is left out does not narrow. */
function asSelection({ campaigns, min_quality, modalities }: Asked): Selection {
  return {
    ...(campaigns.length > 0 && { campaigns }),
    ...(min_quality > 0 && { min_quality }),
    ...(modalities.length > 0 && { modalities }),
  };
}

function toggled<T>(list: T[], item: T): T[] {
  return list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
}

export function Freeze({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation("explore");
  const locale = useLocale();
  const go = useNavigate();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(ALL);
  const freeze = useFreeze(dataset.id);
  const change = (part: Partial<Asked>) => setAsked({ ...asked, ...part });
  const submit = () =>
    freeze.mutate(asSelection(asked), { onSuccess: ({ id }) => void go(`/explore/versions/${id}`) });
  return (
    <>
      <Button size="sm" icon={<Snowflake className="size-4" />} onClick={() => setOpen(true)}>
        {t("freeze.open")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("freeze.title", { name: dataset.name })}
        description={t("freeze.lead")}
        footer={
          <Button look="primary" busy={freeze.isPending} onClick={submit}>
            {t("freeze.submit")}
          </Button>
        }
      >
        <div className="grid gap-5">
          {freeze.isError && <Notice tone="bad">{errorText(freeze.error)}</Notice>}
          <Campaigns chosen={asked.campaigns} onChange={(campaigns) => change({ campaigns })} />
          <fieldset className="grid gap-2">
            <legend className="mb-1 text-sm font-medium">{t("freeze.modalities")}</legend>
            <div className="grid grid-cols-2 gap-2">
              {MODALITIES.map((modality) => (
                <Checkbox
                  key={modality}
                  label={t(`modality.${modality}`)}
                  checked={asked.modalities.includes(modality)}
                  onChange={() => change({ modalities: toggled(asked.modalities, modality) })}
                />
              ))}
            </div>
          </fieldset>
          <Slider
            label={t("freeze.quality")}
            value={asked.min_quality}
            min={0}
            max={1}
            step={0.05}
            shown={percent(asked.min_quality, locale)}
            onChange={(min_quality) => change({ min_quality })}
          />
        </div>
      </Dialog>
    </>
  );
}

function Campaigns({ chosen, onChange }: { chosen: string[]; onChange: (chosen: string[]) => void }) {
  const { t } = useTranslation("explore");
  const campaigns = useCampaignChoices();
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{t("freeze.campaigns")}</legend>
      {campaigns.isPending && <Skeleton className="h-16 w-full" />}
      {campaigns.isError && <Failed error={campaigns.error} onRetry={() => void campaigns.refetch()} />}
      <div className="grid max-h-48 gap-2 overflow-y-auto">
        {campaigns.data?.map(({ id, title }) => (
          <Checkbox
            key={id}
            label={<span dir="auto">{title}</span>}
            checked={chosen.includes(id)}
            onChange={() => onChange(toggled(chosen, id))}
          />
        ))}
      </div>
      <p className="text-xs text-muted">{t("freeze.all_when_none")}</p>
    </fieldset>
  );
}
