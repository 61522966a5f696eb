import { useState } from "react";

import { forget, keep, readKept } from "@/lib/kept";

import { type Campaign, useEditCampaign } from "../api/campaigns";
import { type CampaignForm, changeOf, faultsOf, formOf } from "../model/campaign-form";

export type CampaignEditing = ReturnType<typeof useCampaignForm>;

/** A campaign's form; what is not stored yet is kept in this tab. */
export function useCampaignForm(campaign: Campaign) {
  const place = `openslate.campaign.${campaign.id}`;
  const [form, setForm] = useState(() => readKept<CampaignForm>(place) ?? formOf(campaign));
  const [tried, setTried] = useState(false);
  const edit = useEditCampaign(campaign.id);
  const stored = formOf(campaign);
  const put = (change: Partial<CampaignForm>) => {
    const next = { ...form, ...change };
    keep(place, next);
    setForm(next);
  };
  const save = () => {
    setTried(true);
    if (faultsOf(form).size) return;
    edit.mutate(changeOf(form, campaign.status), {
      onSuccess: (saved) => {
        forget(place);
        setTried(false);
        setForm(formOf(saved));
      },
    });
  };
  const discard = () => {
    forget(place);
    edit.reset();
    setForm(stored);
  };
  return {
    form,
    put,
    save,
    discard,
    changed: JSON.stringify(form) !== JSON.stringify(stored),
    /** What contributors rely on is fixed once it has opened. */
    fixed: campaign.status !== "draft",
    closed: campaign.status === "closed",
    faults: tried ? faultsOf(form) : new Set<keyof CampaignForm>(),
    error: edit.error,
    saving: edit.isPending,
  };
}
