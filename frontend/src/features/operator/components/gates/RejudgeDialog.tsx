import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Checkbox } from "@/components/ui/Choice";
import { Dialog } from "@/components/ui/Dialog";
import { Select } from "@/components/ui/Select";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import { flatten } from "@/lib/query";

import { useRejudge } from "../../api/campaign-policy";
import { useAllCampaigns } from "../../api/campaigns";

const ALL = "all";

/** Says what judging again does; what it may do to people's work is chosen, not assumed. */
export function RejudgeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("operator");
  const campaigns = flatten(useAllCampaigns().data);
  const [campaign, setCampaign] = useState(ALL);
  const [reject, setReject] = useState(false);
  const [reopen, setReopen] = useState(false);
  const start = useRejudge();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate(
      { campaign: campaign === ALL ? null : campaign, reject_in_review: reject, reopen_rejected: reopen },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("rejudge.ask")} description={t("rejudge.text")}>
      <form onSubmit={submit} className="grid gap-4 pt-2" noValidate>
        {start.isError && <Notice tone="bad">{errorText(start.error)}</Notice>}
        <Select
          label={t("what_if.over")}
          value={campaign}
          onChange={setCampaign}
          options={[
            { value: ALL, label: t("what_if.all") },
            ...campaigns.map(({ id, title }) => ({ value: id, label: title })),
          ]}
        />
        <Checkbox
          label={t("rejudge.reject")}
          hint={t("rejudge.reject_hint")}
          checked={reject}
          onChange={setReject}
        />
        <Checkbox
          label={t("rejudge.reopen")}
          hint={t("rejudge.reopen_hint")}
          checked={reopen}
          onChange={setReopen}
        />
        <Button type="submit" look="primary" className="justify-self-end" busy={start.isPending}>
          {t("rejudge.now")}
        </Button>
      </form>
    </Dialog>
  );
}
