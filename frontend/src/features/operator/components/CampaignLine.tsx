import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Badge, type Tone } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { Tokens } from "@/components/ui/figures";
import { TextInput } from "@/components/ui/Input";
import { toastError } from "@/components/ui/Toasts";
import { errorText } from "@/lib/errors";
import { parseTokens } from "@/lib/money";

import { type Campaign, useFundCampaign, useMoveCampaign } from "../api/campaigns";

const TONES: Record<Campaign["status"], Tone> = {
  draft: "neutral",
  open: "good",
  paused: "warn",
  closed: "neutral",
};

export function CampaignLine({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("operator");
  const [funding, setFunding] = useState(false);
  const move = useMoveCampaign(campaign.id);
  const open = campaign.status === "open";
  return (
    <article className="grid gap-3 px-5 py-4 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h3 className="min-w-0 text-sm">
          <Link to={`/campaigns/${campaign.id}`} className="underline-offset-4 hover:underline" dir="auto">
            {campaign.title}
          </Link>
        </h3>
        <span className="flex flex-wrap items-center gap-3">
          <Badge tone={TONES[campaign.status]}>{t(`campaigns.is.${campaign.status}`)}</Badge>
          <Tokens wei={campaign.budget_wei} places={0} />
          <Button size="sm" onClick={() => setFunding(!funding)} aria-expanded={funding}>
            {t("campaigns.fund")}
          </Button>
          {!open && (
            <Button
              size="sm"
              busy={move.isPending}
              onClick={() => move.mutate("open", { onError: toastError })}
            >
              {t("campaigns.open")}
            </Button>
          )}
          {(open || campaign.status === "paused") && (
            <Confirm
              trigger={<Button size="sm">{t("campaigns.close")}</Button>}
              title={t("campaigns.close_title")}
              action={t("campaigns.close")}
              onConfirm={() => move.mutate("close", { onError: toastError })}
            >
              {t("campaigns.close_text")}
            </Confirm>
          )}
        </span>
      </div>
      {campaign.pause_reason && campaign.status === "paused" && (
        <p className="text-warn">{campaign.pause_reason}</p>
      )}
      {funding && <Fund campaignId={campaign.id} onDone={() => setFunding(false)} />}
    </article>
  );
}

function Fund({ campaignId, onDone }: { campaignId: string; onDone: () => void }) {
  const { t } = useTranslation("operator");
  const [typed, setTyped] = useState("");
  const fund = useFundCampaign(campaignId);
  const amount = parseTokens(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (amount) fund.mutate(amount.toString(), { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3" noValidate>
      <TextInput
        label={t("campaigns.amount")}
        inputMode="decimal"
        dir="ltr"
        value={typed}
        error={
          fund.isError ? errorText(fund.error) : typed && !amount ? t("campaigns.amount_bad") : undefined
        }
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" look="primary" disabled={!amount} busy={fund.isPending}>
        {t("campaigns.fund")}
      </Button>
    </form>
  );
}
