import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";

import type { CampaignStatus } from "../api/list-campaigns";

const TONES: Record<CampaignStatus, Tone> = {
  open: "good",
  paused: "warn",
  draft: "neutral",
  closed: "neutral",
};

export function StatusBadge({ status }: { status: CampaignStatus }) {
  const { t } = useTranslation("board");
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>;
}
