import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Checkbox } from "@/components/ui/Choice";
import { Dialog } from "@/components/ui/Dialog";
import { TextArea } from "@/components/ui/Input";
import { Select } from "@/components/ui/Select";
import { Notice } from "@/components/ui/states";
import { toast } from "@/components/ui/Toasts";
import { errorText } from "@/lib/errors";

import { useChoosePolicy } from "../../api/campaign-policy";
import type { Campaign } from "../../api/campaigns";
import type { VersionLine } from "../../api/policies";
import { useVersionLabel } from "../../hooks/use-version-label";

type Props = { campaign: Campaign; versions: VersionLine[]; onClose: () => void };

/** Puts a campaign under another version; what was judged stays until it is judged again. */
export function ChoosePolicyDialog({ campaign, versions, onClose }: Props) {
  const { t } = useTranslation("operator");
  const own = (campaign.policy_overrides ?? {}) as Record<string, unknown>;
  const labelOf = useVersionLabel();
  const count = Object.keys(own).length;
  const [version, setVersion] = useState(campaign.policy_version ?? "");
  const [kept, setKept] = useState(true);
  const [note, setNote] = useState("");
  const choose = useChoosePolicy(campaign.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    choose.mutate(
      { version, overrides: kept ? own : {}, note },
      {
        onSuccess: () => {
          toast(t("gates.chosen"));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("gates.choose_title")} description={t("gates.choose_text")}>
      <form onSubmit={submit} className="grid gap-4 pt-2" noValidate>
        {choose.isError && <Notice tone="bad">{errorText(choose.error)}</Notice>}
        <p className="text-sm font-medium" dir="auto">
          {campaign.title}
        </p>
        <Select
          label={t("gates.judged_by")}
          value={version}
          onChange={setVersion}
          options={versions.map((one) => ({ value: one.id, label: labelOf(one), hint: one.note }))}
        />
        {count > 0 && <Checkbox label={t("gates.keep_own", { count })} checked={kept} onChange={setKept} />}
        <TextArea
          label={t("gates.note")}
          hint={t("gates.note_hint")}
          rows={2}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button
          type="submit"
          look="primary"
          className="justify-self-end"
          disabled={!note.trim() || !version}
          busy={choose.isPending}
        >
          {t("gates.choose_now")}
        </Button>
      </form>
    </Dialog>
  );
}
