import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";

import type { SubmissionStatus } from "../api/list-submissions";

const TONES: Record<SubmissionStatus, Tone> = {
  draft: "neutral",
  submitted: "live",
  failed: "bad",
  in_review: "info",
  changes_requested: "warn",
  accepted: "good",
  rejected: "bad",
  withdrawn: "neutral",
};

export function SubmissionBadge({ status }: { status: SubmissionStatus }) {
  const { t } = useTranslation("work");
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>;
}
