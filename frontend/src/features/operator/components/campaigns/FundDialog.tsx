import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Stat, Tokens } from "@/components/ui/figures";
import { TextInput } from "@/components/ui/Input";
import { toast } from "@/components/ui/Toasts";
import { errorText } from "@/lib/errors";
import { parseTokens } from "@/lib/money";

import { type Campaign, useFundCampaign, usePayFormula } from "../../api/campaigns";

/** Commits more tokens to a campaign: they pay for its accepted work and cannot be taken back here. */
export function FundDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t } = useTranslation("operator");
  const [typed, setTyped] = useState("");
  const left = usePayFormula(campaign.id).data?.budget_left_wei;
  const fund = useFundCampaign(campaign.id);
  const amount = parseTokens(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!amount) return;
    fund.mutate(amount.toString(), {
      onSuccess: () => {
        toast(t("campaigns.funded"));
        onClose();
      },
    });
  };
  const wrong = typed && !amount ? t("campaigns.amount_bad") : undefined;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("campaigns.fund_title")}
      description={t("campaigns.fund_text")}
    >
      <form onSubmit={submit} className="grid gap-5 pt-2" noValidate>
        <dl className="grid grid-cols-2 gap-4">
          <Stat label={t("campaigns.committed")}>
            <Tokens wei={campaign.budget_wei} places={2} />
          </Stat>
          {left && (
            <Stat label={t("campaigns.budget_left")}>
              <Tokens wei={left} places={2} />
            </Stat>
          )}
        </dl>
        <TextInput
          label={t("campaigns.amount")}
          inputMode="decimal"
          dir="ltr"
          value={typed}
          error={fund.isError ? errorText(fund.error) : wrong}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button
          type="submit"
          look="primary"
          className="justify-self-end"
          disabled={!amount}
          busy={fund.isPending}
        >
          {t("campaigns.fund")}
        </Button>
      </form>
    </Dialog>
  );
}
