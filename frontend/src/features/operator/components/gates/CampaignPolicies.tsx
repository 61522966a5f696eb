import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Cell, Table } from "@/components/ui/Table";
import { flatten } from "@/lib/query";

import { type Campaign, useAllCampaigns } from "../../api/campaigns";
import { useAllVersions, type VersionLine } from "../../api/policies";
import { useVersionLabel } from "../../hooks/use-version-label";
import { ChoosePolicyDialog } from "./ChoosePolicyDialog";

/** By which version each campaign is judged. */
export function CampaignPolicies() {
  const { t } = useTranslation("operator");
  const campaigns = useAllCampaigns();
  const versions = useAllVersions();
  const [chosen, setChosen] = useState<Campaign | null>(null);
  const shown = flatten(campaigns.data);
  return (
    <Panel title={t("gates.by_campaign")} flush>
      {campaigns.isPending && <LoadingRows rows={2} />}
      {campaigns.isError && <Failed error={campaigns.error} onRetry={() => void campaigns.refetch()} />}
      {campaigns.isSuccess && shown.length === 0 && <Empty title={t("campaigns.none")} />}
      {shown.length > 0 && (
        <Table
          caption={t("gates.by_campaign")}
          head={[
            t("gates.campaign"),
            t("gates.judged_by"),
            t("gates.own_changes"),
            <span key="choose" className="sr-only">
              {t("gates.choose")}
            </span>,
          ]}
        >
          {shown.map((campaign) => (
            <CampaignRow
              key={campaign.id}
              campaign={campaign}
              version={versions.find(({ id }) => id === campaign.policy_version)}
              onChoose={() => setChosen(campaign)}
            />
          ))}
        </Table>
      )}
      <LoadMore pages={campaigns} />
      {chosen && <ChoosePolicyDialog campaign={chosen} versions={versions} onClose={() => setChosen(null)} />}
    </Panel>
  );
}

type RowProps = { campaign: Campaign; version: VersionLine | undefined; onChoose: () => void };

function CampaignRow({ campaign, version, onChoose }: RowProps) {
  const { t } = useTranslation("operator");
  const labelOf = useVersionLabel();
  const own = Object.keys((campaign.policy_overrides ?? {}) as object).length;
  return (
    <tr>
      <Cell dir="auto" className="font-medium">
        {campaign.title}
      </Cell>
      <Cell>
        {version ? <bdi>{labelOf(version)}</bdi> : <span className="text-muted">{t("gates.default")}</span>}
      </Cell>
      <Cell className="figures text-muted">{own}</Cell>
      <Cell className="text-end">
        <Button size="sm" onClick={onChoose}>
          {t("gates.choose")}
        </Button>
      </Cell>
    </tr>
  );
}
