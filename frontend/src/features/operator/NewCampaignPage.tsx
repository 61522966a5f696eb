import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { TextArea, TextInput } from "@/components/ui/Input";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import { forget, keep, readKept } from "@/lib/kept";

import { type CampaignInput, useCreateCampaign } from "./api/campaigns";

const PLACE = "openslate.new-campaign";
const LICENSE = "CC-BY-4.0"; // what most campaigns ask for

/** Begins a draft by its title; whoever comes from elsewhere brings more of it along, as the router's state. */
export function Component() {
  const { t } = useTranslation("operator");
  const go = useNavigate();
  const given = (useLocation().state as { campaign?: CampaignInput } | null)?.campaign;
  const [typed, setTyped] = useState<CampaignInput>(
    () => given ?? readKept<CampaignInput>(PLACE) ?? { title: "" },
  );
  const create = useCreateCampaign();
  const put = (change: Partial<CampaignInput>) => {
    const next = { ...typed, ...change };
    keep(PLACE, next);
    setTyped(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { license: LICENSE, ...typed },
      {
        onSuccess: ({ id }) => {
          forget(PLACE);
          void go(`/campaigns/${id}/edit`, { replace: true });
        },
      },
    );
  };
  return (
    <Page title={t("campaigns.new")} lead={t("campaigns.new_text")} narrow>
      <Panel>
        <form onSubmit={submit} className="grid gap-5" noValidate>
          {create.isError && <Notice tone="bad">{errorText(create.error)}</Notice>}
          <TextInput
            label={t("campaigns.title")}
            maxLength={200}
            value={typed.title}
            onChange={(event) => put({ title: event.target.value })}
          />
          <TextArea
            label={t("campaigns.brief")}
            hint={t("campaigns.brief_hint")}
            rows={8}
            value={typed.brief ?? ""}
            onChange={(event) => put({ brief: event.target.value })}
          />
          <Button
            type="submit"
            look="primary"
            className="justify-self-end"
            disabled={!typed.title.trim()}
            busy={create.isPending}
          >
            {t("campaigns.start_draft")}
          </Button>
        </form>
      </Panel>
    </Page>
  );
}
