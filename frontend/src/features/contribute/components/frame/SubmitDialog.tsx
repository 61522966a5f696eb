import { Check, Minus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Tokens } from "@/components/ui/figures";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

import type { Campaign } from "../../api/get-campaign";
import type { Precheck } from "../../api/get-precheck";
import { useSubmit } from "../../api/submit-draft";
import { closeDraft } from "../../draft/open-drafts";
import { isBegun, type Step } from "../../draft/steps";
import { useDraft, useKeeper } from "../../hooks/use-draft";

const PARTS: Step[] = ["scene", "images", "sound", "camera", "light", "clip"];
type Props = { open: boolean; onOpenChange: (open: boolean) => void; campaign: Campaign; check: Precheck };

/** What is about to be submitted, under which licence, for what; then there is no way back but withdrawing. */
export function SubmitDialog({ open, onOpenChange, campaign, check }: Props) {
  const { t } = useTranslation("contribute");
  const draft = useDraft();
  const { submissionId } = useKeeper();
  const submit = useSubmit(submissionId);
  const go = useNavigate();
  const send = () =>
    submit.mutate(undefined, {
      onSuccess: () => {
        closeDraft(submissionId);
        void go(`/work/${submissionId}`);
      },
    });
  const advised = check.findings.length;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("submit.title")}
      description={t("submit.text")}
      footer={
        <>
          <Button look="quiet" onClick={() => onOpenChange(false)}>
            {t("submit.back")}
          </Button>
          <Button
            look="primary"
            busy={submit.isPending}
            disabled={campaign.quiz_passed === false}
            onClick={send}
          >
            {t("submit.send")}
          </Button>
        </>
      }
    >
      <div className="grid gap-5">
        {campaign.quiz_passed === false && (
          <Notice tone="warn">
            {t("submit.quiz")}{" "}
            <Link to={`/campaigns/${campaign.id}`} className="font-medium underline underline-offset-4">
              {t("submit.quiz_link")}
            </Link>
          </Notice>
        )}
        {submit.isError && <Notice tone="bad">{errorText(submit.error)}</Notice>}
        <p className="border-s-2 border-line ps-3" dir="auto">
          {draft.scene?.caption_short}
        </p>
        <ul className="grid grid-cols-2 gap-2 text-sm sm:grid-cols-3">
          {PARTS.map((step) => (
            <li key={step} className="flex items-center gap-2 [&_svg]:size-4">
              {isBegun(draft, step) ? (
                <Check className="text-good" aria-hidden />
              ) : (
                <Minus className="text-muted" aria-hidden />
              )}
              <span className={isBegun(draft, step) ? "" : "text-muted"}>{t(`step.${step}`)}</span>
            </li>
          ))}
        </ul>
        <dl className="grid gap-2 text-sm">
          <Line name={t("rights.license")}>
            <span className="figures">{draft.rights?.license}</span>
          </Line>
          <Line name={t("rights.holder")}>
            <bdi>{draft.rights?.holder}</bdi>
          </Line>
          <Line name={t("submit.pays")}>
            <Tokens wei={campaign.base_reward_wei} />
          </Line>
        </dl>
        {check.outcome === "reject" && <Notice tone="bad">{t("submit.will_be_rejected")}</Notice>}
        {check.outcome === "review" && <Notice tone="warn">{t("submit.advised", { count: advised })}</Notice>}
      </div>
    </Dialog>
  );
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
