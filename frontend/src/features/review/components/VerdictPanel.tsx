import { REASONS, type Reason } from "@/lib/reasons";
import { Check, CircleAlert, X } from "lucide-react";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Kbd } from "@/components/ui/figures";
import { TextArea } from "@/components/ui/Input";
import { Panel } from "@/components/ui/Panel";

import { type Judgement, missing, type Verdict } from "../hooks/use-judgement";
import { reasonKey, VERDICTS } from "../model/choices";

const ICONS = { approve: <Check />, request_changes: <CircleAlert />, reject: <X /> };
const CHOSEN = {
  approve: "aria-checked:border-good aria-checked:bg-good-soft aria-checked:text-good",
  request_changes: "aria-checked:border-warn aria-checked:bg-warn-soft aria-checked:text-warn",
  reject: "aria-checked:border-bad aria-checked:bg-bad-soft aria-checked:text-bad",
};

type Props = {
  judgement: Judgement;
  busy: boolean;
  noteRef: Ref<HTMLTextAreaElement>;
  onVerdict: (verdict: Verdict) => void;
  onReason: (reason: Reason) => void;
  onNote: (note: string) => void;
  onCast: () => void;
};

export function VerdictPanel({ judgement, busy, noteRef, onVerdict, onReason, onNote, onCast }: Props) {
  const { t } = useTranslation("review");
  const lacking = missing(judgement);
  return (
    <Panel title={t("verdict.title")}>
      <div className="grid gap-4">
        <div role="radiogroup" aria-label={t("verdict.title")} className="grid grid-cols-3 gap-1.5">
          {VERDICTS.map(({ verdict, key }) => (
            <button
              key={verdict}
              type="button"
              role="radio"
              aria-checked={judgement.verdict === verdict}
              aria-keyshortcuts={key}
              onClick={() => onVerdict(verdict)}
              className={`grid min-h-20 content-center justify-items-center gap-1 rounded-md border border-line-strong/50 px-1 text-center text-xs leading-4 font-medium transition hover:border-ink [&_svg]:size-5 ${CHOSEN[verdict]}`}
            >
              {ICONS[verdict]}
              {t(`verdict.${verdict}`)}
              <Kbd>{key}</Kbd>
            </button>
          ))}
        </div>
        <ReasonList chosen={judgement.reasons} onReason={onReason} />
        <TextArea
          ref={noteRef}
          label={t("verdict.note")}
          hint={t("verdict.note_hint")}
          rows={3}
          maxLength={4000}
          value={judgement.note}
          onChange={(event) => onNote(event.target.value)}
        />
        <div className="sticky bottom-0 -mx-5 -mb-5 grid gap-2 rounded-b-lg border-t border-line bg-surface px-5 py-3">
          <Button look="primary" size="lg" busy={busy} disabled={lacking !== null} onClick={onCast}>
            {t("verdict.cast")}
          </Button>
          <p className="text-center text-xs text-muted" aria-live="polite">
            {lacking ? t(`verdict.missing.${lacking}`) : t("verdict.blind")}
          </p>
        </div>
      </div>
    </Panel>
  );
}

function ReasonList({ chosen, onReason }: { chosen: Reason[]; onReason: (reason: Reason) => void }) {
  const { t } = useTranslation("review");
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1.5 text-sm font-medium">{t("verdict.reasons")}</legend>
      {REASONS.map((reason, index) => (
        <label
          key={reason}
          className="flex cursor-pointer items-center gap-2 rounded-sm px-1.5 py-0.5 text-sm hover:bg-sunken has-checked:bg-tungsten-soft"
        >
          <input
            type="checkbox"
            className="size-3.5 shrink-0 accent-(--ink)"
            checked={chosen.includes(reason)}
            onChange={() => onReason(reason)}
          />
          <span className="min-w-0 grow">{t(`reason.${reason}`)}</span>
          <Kbd>{reasonKey(index)}</Kbd>
        </label>
      ))}
    </fieldset>
  );
}
