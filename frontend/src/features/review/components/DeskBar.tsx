import { Back } from "./Back";
import { Keyboard, SkipForward } from "lucide-react";
import { useTranslation } from "react-i18next";

import { ReportButton } from "@/components/report/ReportButton";
import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { timecode } from "@/lib/format";

import type { ToJudge } from "../api/take-review";

const SOON_S = 180;

type Props = { review: ToJudge; secondsLeft: number; busy: boolean; onSkip: () => void; onKeys: () => void };

export function DeskBar({ review, secondsLeft, busy, onSkip, onKeys }: Props) {
  const { t } = useTranslation("review");
  return (
    <header className="sticky top-14 z-20 flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-ground/95 px-4 py-1.5 backdrop-blur-md">
      <Back />
      <div className="me-auto grid min-w-0">
        <h1 className="truncate text-sm font-medium" dir="auto">
          {review.campaign.title}
        </h1>
        <p className="truncate text-xs text-muted">
          {t("desk.revision", { number: review.revision_number })} · {review.campaign.license}
        </p>
      </div>
      <p
        role="timer"
        aria-label={t("desk.lease")}
        title={t("desk.lease_hint")}
        className={`figures text-sm ${secondsLeft < SOON_S ? "font-medium text-bad" : "text-muted"}`}
      >
        {timecode(secondsLeft, 0)}
      </p>
      <Button
        size="sm"
        look="quiet"
        busy={busy}
        onClick={onSkip}
        icon={<SkipForward className="size-4 rtl:-scale-x-100" />}
      >
        {t("desk.skip")}
      </Button>
      <ReportButton subject={{ kind: "submission", id: review.submission }} />
      <IconButton label={t("keys.title")} hint="?" icon={<Keyboard />} onClick={onKeys} />
    </header>
  );
}
