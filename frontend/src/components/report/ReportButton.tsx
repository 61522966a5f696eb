import { Flag } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "@/components/ui/IconButton";
import type { Schemas } from "@/lib/api";

import { ReportDialog } from "./ReportDialog";

export type Reported = { kind: Schemas["ReportSubject"]; id: string };

/** Tell the operators of something that should not be here. Needs the texts `report`. */
export function ReportButton({ subject }: { subject: Reported }) {
  const { t } = useTranslation("report");
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        label={t("action", { what: t(`subject.${subject.kind}`) })}
        icon={<Flag />}
        onClick={() => setOpen(true)}
      />
      {open && <ReportDialog subject={subject} onClose={() => setOpen(false)} />}
    </>
  );
}
