import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";

import { useAudit } from "../../api/audit";
import { AuditTable } from "../audit/AuditTable";

/** What was done to a person's account, and by whom. */
export function PersonAudit({ personId }: { personId: string }) {
  const { t } = useTranslation("operator");
  return (
    <Panel title={t("people.audit")} flush>
      <AuditTable audit={useAudit({ object: personId })} />
    </Panel>
  );
}
