import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";

import type { Epoch } from "../../api/payouts";

const TONES: Record<NonNullable<Epoch["status"]>, Tone> = {
  frozen: "live",
  proposed: "live",
  active: "good",
  cancelled: "neutral",
};

export function EpochStatus({ epoch: { status = "frozen" } }: { epoch: Epoch }) {
  const { t } = useTranslation("operator");
  return <Badge tone={TONES[status]}>{t(`payouts.is.${status}`)}</Badge>;
}
