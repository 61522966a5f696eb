import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";

import type { Dispute } from "../../api/disputes";

const TONES = { open: "live", upheld: "neutral", overturned: "good", dropped: "neutral" } as const;

export function DisputeStatus({ status = "open" }: { status: Dispute["status"] }) {
  const { t } = useTranslation("operator");
  return <Badge tone={TONES[status]}>{t(`disputes.is.${status}`)}</Badge>;
}
