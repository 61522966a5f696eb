import { REASONS, type Reason } from "@/lib/reasons";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Checkbox } from "@/components/ui/Choice";
import { Dialog } from "@/components/ui/Dialog";
import { TextArea } from "@/components/ui/Input";
import { Segmented } from "@/components/ui/Segmented";
import { Select } from "@/components/ui/Select";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

import { useExampleWork } from "../../api/example-work";
import { useMarkGold, type Verdict } from "../../api/gold";

const VERDICTS: Verdict[] = ["approve", "request_changes", "reject"];
const SHOWN_CHARACTERS = 80;

/** Chooses decided work, the verdict that is right, and what a reviewer is told after judging it. */
export function MarkDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["operator", "work"]);
  const accepted = useExampleWork(true).data ?? [];
  const rejected = useExampleWork(false).data ?? [];
  const [revision, setRevision] = useState<string>();
  const [expected, setExpected] = useState<Verdict>("approve");
  const [reasons, setReasons] = useState<Reason[]>([]);
  const [explanation, setExplanation] = useState("");
  const mark = useMarkGold();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!revision) return;
    const told = expected === "approve" ? [] : reasons;
    mark.mutate({ revision, expected, reasons: told, explanation }, { onSuccess: onClose });
  };
  const options = [...rejected, ...accepted].flatMap(({ revision: id, caption, status }) =>
    id ? [{ value: id, label: (caption || id).slice(0, SHOWN_CHARACTERS), hint: t(`gold.${status}`) }] : [],
  );
  return (
    <Dialog open onOpenChange={onClose} title={t("gold.mark")} description={t("gold.mark_text")}>
      <form onSubmit={submit} className="grid gap-5 pt-2" noValidate>
        {mark.isError && <Notice tone="bad">{errorText(mark.error)}</Notice>}
        <Select
          label={t("gold.work")}
          placeholder={t("campaigns.choose_word")}
          value={revision}
          onChange={setRevision}
          options={options}
        />
        <div className="grid gap-1.5">
          <span className="text-sm font-medium">{t("gold.right_verdict")}</span>
          <Segmented
            label={t("gold.right_verdict")}
            value={expected}
            onChange={setExpected}
            options={VERDICTS.map((verdict) => ({ value: verdict, label: t(`gold.verdict.${verdict}`) }))}
          />
        </div>
        {expected !== "approve" && (
          <fieldset className="grid gap-2 sm:grid-cols-2">
            <legend className="mb-2 text-sm font-medium">{t("gold.reasons")}</legend>
            {REASONS.map((reason) => (
              <Checkbox
                key={reason}
                label={t(`work:reason.${reason}`)}
                checked={reasons.includes(reason)}
                onChange={(on) =>
                  setReasons(on ? [...reasons, reason] : reasons.filter((one) => one !== reason))
                }
              />
            ))}
          </fieldset>
        )}
        <TextArea
          label={t("gold.explanation")}
          rows={3}
          maxLength={2000}
          value={explanation}
          onChange={(event) => setExplanation(event.target.value)}
        />
        <Button
          type="submit"
          look="primary"
          className="justify-self-end"
          disabled={!revision || !explanation.trim()}
          busy={mark.isPending}
        >
          {t("gold.mark_now")}
        </Button>
      </form>
    </Dialog>
  );
}
