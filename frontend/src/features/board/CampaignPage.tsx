import { Clapperboard } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { ReportButton } from "@/components/report/ReportButton";
import { Button } from "@/components/ui/Button";
import { Page } from "@/components/ui/Page";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";
import { hasRole, useSignedIn } from "@/lib/session";

import { useCampaign } from "./api/get-campaign";
import type { Campaign } from "./api/list-campaigns";
import { CampaignGates } from "./components/CampaignGates";
import { CampaignTerms } from "./components/CampaignTerms";
import { Examples } from "./components/Examples";
import { PayPanel } from "./components/PayPanel";
import { QuizPanel } from "./components/QuizPanel";
import { StatusBadge } from "./components/StatusBadge";

export function Component() {
  const { campaignId = "" } = useParams();
  const campaign = useCampaign(campaignId);
  if (campaign.isPending) return <LoadingRows />;
  if (campaign.isError) return <Failed error={campaign.error} onRetry={() => void campaign.refetch()} />;
  return <CampaignView campaign={campaign.data} />;
}

function CampaignView({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("board");
  const me = useSignedIn();
  const contributes = hasRole(me, "contributor") && campaign.status === "open";
  return (
    <Page
      title={campaign.title}
      eyebrow={<StatusBadge status={campaign.status} />}
      actions={
        <>
          <ReportButton subject={{ kind: "campaign", id: campaign.id }} />
          {contributes && (
            <Button asChild look="primary" size="lg">
              <Link to={`/campaigns/${campaign.id}/contribute`}>
                <Clapperboard className="size-4" aria-hidden />
                {t("contribute")}
              </Link>
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid content-start gap-10">
          {campaign.pause_reason && campaign.status === "paused" && (
            <Notice tone="warn">{t("paused", { reason: campaign.pause_reason })}</Notice>
          )}
          <section className="grid gap-3">
            <h2 className="text-lg">{t("brief")}</h2>
            <p className="max-w-prose leading-relaxed whitespace-pre-line" dir="auto">
              {campaign.brief || t("no_brief")}
            </p>
          </section>
          {campaign.examples.length > 0 && <Examples campaignId={campaign.id} />}
          {campaign.quiz_passed !== null && (
            <QuizPanel campaignId={campaign.id} passed={campaign.quiz_passed} />
          )}
          <CampaignGates campaignId={campaign.id} />
        </div>
        <aside className="grid content-start gap-6">
          <CampaignTerms campaign={campaign} />
          <PayPanel campaignId={campaign.id} />
        </aside>
      </div>
    </Page>
  );
}
