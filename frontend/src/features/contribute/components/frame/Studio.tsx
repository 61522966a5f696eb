import { Send, Trash2, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";

import type { Campaign } from "../../api/get-campaign";
import type { Precheck } from "../../api/get-precheck";
import { PrecheckContext } from "../../hooks/use-checks";
import { useDraftState, useKeeper } from "../../hooks/use-draft";
import { useLivePrecheck } from "../../hooks/use-live-precheck";
import { useLeaveWarning } from "../../hooks/use-leave-warning";
import { useStep } from "../../hooks/use-step";
import { UploadDock } from "../uploads/UploadDock";
import { Conflict } from "./Conflict";
import { Discard } from "./Discard";
import { Expiry } from "./Expiry";
import { PrecheckPanel } from "./PrecheckPanel";
import { Rail } from "./Rail";
import { SaveState } from "./SaveState";
import { SpokenCaption } from "./SpokenCaption";
import { SHOWN, StepBody } from "./StepBody";
import { SubmitDialog } from "./SubmitDialog";

/** The open draft: steps at one side, the step in the middle, the pre-check beside it. */
export function Studio({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("contribute");
  const live = useLivePrecheck();
  const { step, go, jump } = useStep();
  const check = live.result.data ?? null;
  useLeaveWarning();
  useEffect(() => {
    document.title = `${t("title")} · OpenSlate`;
  }, [t]);
  return (
    <PrecheckContext value={check}>
      <div className="mx-auto w-full max-w-7xl px-4 pt-6 pb-32 sm:px-8">
        <StudioHeader campaign={campaign} check={check} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[11rem_minmax(0,1fr)] xl:grid-cols-[11rem_minmax(0,1fr)_19rem]">
          <div className="lg:sticky lg:top-20 lg:self-start">
            <Rail steps={SHOWN} step={step} check={check} wanted={campaign.required_modalities} onGo={go} />
          </div>
          <div className="grid min-w-0 content-start gap-4">
            <Conflict />
            <StepBody step={step} campaign={campaign} onGo={go} />
          </div>
          <aside
            aria-label={t("check.title")}
            className="grid gap-4 lg:col-start-2 xl:sticky xl:top-20 xl:col-start-3 xl:self-start"
          >
            <PrecheckPanel live={live} onJump={jump} />
            <SpokenCaption />
          </aside>
        </div>
        <UploadDock />
      </div>
    </PrecheckContext>
  );
}

function StudioHeader({ campaign, check }: { campaign: Campaign; check: Precheck | null }) {
  const { t } = useTranslation("contribute");
  const keeper = useKeeper();
  const { state, canUndo } = useDraftState();
  const [submitting, setSubmitting] = useState(false);
  const canSubmit = check?.ready === true && state === "saved";
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
      <div className="grid min-w-0 gap-1">
        <Link
          to={`/campaigns/${campaign.id}`}
          className="w-fit max-w-full truncate text-xs text-muted hover:text-ink"
          dir="auto"
        >
          {campaign.title}
        </Link>
        <h1 className="text-2xl">{t("title")}</h1>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <SaveState />
        <Expiry />
        <IconButton
          label={t("undo")}
          icon={<Undo2 className="rtl:-scale-x-100" />}
          disabled={!canUndo}
          onClick={() => keeper.undo()}
        />
        <Discard
          trigger={<IconButton label={t("discard.action")} icon={<Trash2 />} />}
          campaignId={campaign.id}
        />
        <Button
          look="primary"
          icon={<Send className="size-4 rtl:-scale-x-100" aria-hidden />}
          disabled={!canSubmit}
          onClick={() => setSubmitting(true)}
        >
          {t("submit.action")}
        </Button>
      </div>
      {check && (
        <SubmitDialog open={submitting} onOpenChange={setSubmitting} campaign={campaign} check={check} />
      )}
    </header>
  );
}
