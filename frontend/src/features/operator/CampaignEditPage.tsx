import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { Page } from "@/components/ui/Page";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";

import { type Campaign, useCampaign } from "./api/campaigns";
import { CampaignActions } from "./components/campaigns/CampaignActions";
import { CampaignStatus } from "./components/campaigns/CampaignStatus";
import { ExamplesEditor } from "./components/campaigns/ExamplesEditor";
import { QuizEditor } from "./components/campaigns/QuizEditor";
import { Rates } from "./components/campaigns/Rates";
import { SaveBar } from "./components/campaigns/SaveBar";
import { Targets } from "./components/campaigns/Targets";
import { Terms } from "./components/campaigns/Terms";
import { Words } from "./components/campaigns/Words";
import { useCampaignForm } from "./hooks/use-campaign-form";

export function Component() {
  const { t } = useTranslation("operator");
  const { campaignId = "" } = useParams();
  const campaign = useCampaign(campaignId);
  if (campaign.isSuccess) return <Editor key={campaignId} campaign={campaign.data} />;
  return (
    <Page title={t("campaigns.edit")}>
      {campaign.isPending && <LoadingRows />}
      {campaign.isError && <Failed error={campaign.error} onRetry={() => void campaign.refetch()} />}
    </Page>
  );
}

function Editor({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("operator");
  const editing = useCampaignForm(campaign);
  return (
    <Page
      title={campaign.title}
      eyebrow={<CampaignStatus status={campaign.status} />}
      lead={
        <Link to={`/campaigns/${campaign.id}`} className="text-sm underline underline-offset-4">
          {t("campaigns.as_seen")}
        </Link>
      }
      actions={<CampaignActions campaign={campaign} unsaved={editing.changed} />}
    >
      <div className="grid gap-6">
        {campaign.status === "paused" && (
          <Notice tone="warn">{t("campaigns.paused_why", { reason: campaign.pause_reason })}</Notice>
        )}
        {editing.closed && <Notice>{t("campaigns.closed_fixed")}</Notice>}
        <Words editing={editing} />
        <ExamplesEditor campaign={campaign} editing={editing} />
        <Terms editing={editing} />
        <Rates campaignId={campaign.id} editing={editing} />
        <Targets editing={editing} />
        <QuizEditor campaignId={campaign.id} disabled={editing.closed} />
      </div>
      {!editing.closed && <SaveBar editing={editing} />}
    </Page>
  );
}
