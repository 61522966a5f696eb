import { FilePlus2, PencilLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { Ago } from "@/components/ui/figures";
import { LoadMore } from "@/components/ui/LoadMore";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows, Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import { flatten } from "@/lib/query";
import { useSignedIn } from "@/lib/session";

import { useCreateDraft } from "./api/create-draft";
import { type Campaign, useCampaign } from "./api/get-campaign";
import { useDrafts } from "./api/list-drafts";
import { newDraft } from "./draft/record";

/** Before the studio: go on with a draft of this campaign, or begin one. */
export function Component() {
  const { t } = useTranslation("contribute");
  const { campaignId } = useParams();
  const campaign = useCampaign(campaignId);
  return (
    <Page
      title={t("start.title")}
      eyebrow={campaign.data && <bdi>{campaign.data.title}</bdi>}
      lead={t("start.lead")}
      narrow
    >
      {campaign.isPending && <LoadingRows rows={2} />}
      {campaign.isError && <Failed error={campaign.error} onRetry={() => void campaign.refetch()} />}
      {campaign.data && <Begin campaign={campaign.data} />}
    </Page>
  );
}

function Begin({ campaign }: { campaign: Campaign }) {
  const { t, i18n } = useTranslation("contribute");
  const me = useSignedIn();
  const create = useCreateDraft(campaign.id);
  const go = useNavigate();
  const begin = () =>
    create.mutate(newDraft(campaign.license, me.display_name ?? "", i18n.language, new Date()), {
      onSuccess: ({ id }) => void go(`/contribute/${id}`),
    });
  return (
    <div className="grid gap-8">
      {create.isError && <Notice tone="bad">{errorText(create.error)}</Notice>}
      {campaign.status === "open" ? (
        <Button
          look="primary"
          size="lg"
          className="w-fit"
          icon={<FilePlus2 className="size-5" aria-hidden />}
          busy={create.isPending}
          onClick={begin}
        >
          {t("start.new")}
        </Button>
      ) : (
        <Notice tone="warn">{t("start.closed")}</Notice>
      )}
      <Drafts campaignId={campaign.id} />
    </div>
  );
}

function Drafts({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation("contribute");
  const drafts = useDrafts(campaignId);
  const shown = flatten(drafts.data);
  return (
    <Panel title={t("start.drafts")} flush>
      {drafts.isPending && <LoadingRows rows={2} />}
      {drafts.isError && <Failed error={drafts.error} onRetry={() => void drafts.refetch()} />}
      {drafts.isSuccess && shown.length === 0 && <Empty title={t("start.none")} />}
      <ul className="divide-y divide-line">
        {shown.map((draft) => (
          <li key={draft.id}>
            <Link
              to={`/contribute/${draft.id}`}
              className="flex items-center gap-4 px-5 py-4 transition hover:bg-sunken"
            >
              <PencilLine className="size-4 shrink-0 text-muted" aria-hidden />
              <span className="min-w-0 grow truncate">{t("start.draft")}</span>
              <span className="text-sm text-muted">
                {t("start.changed")} <Ago at={draft.updated_at} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <LoadMore pages={drafts} />
    </Panel>
  );
}
