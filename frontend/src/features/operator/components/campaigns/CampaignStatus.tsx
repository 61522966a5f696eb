import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";

import type { Campaign } from "../../api/campaigns";

const TONES: Record<Campaign["status"], Tone> = {
  draft: "neutral",
  open: "good",
  paused: "warn",
  closed: "neutral",
};

export function CampaignStatus({ status }: { status: Campaign["status"] }) {
  const { t } = useTranslation("operator");
  return <Badge tone={TONES[status]}>{t(`campaigns.is.${status}`)}</Badge>;
}
