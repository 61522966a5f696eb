import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { Panel } from "@/components/ui/Panel";

import { auditFile, useAudit } from "../../api/audit";
import { askedFor } from "../../model/audit-filter";
import { AuditFilters } from "./AuditFilters";
import { AuditTable } from "./AuditTable";

export function Audit() {
  const { t } = useTranslation("operator");
  const [query] = useSearchParams();
  const filter = askedFor(query);
  const audit = useAudit(filter);
  const file = (
    <Button asChild size="sm">
      <a href={auditFile(filter)} download>
        <Download className="size-4" aria-hidden />
        CSV
      </a>
    </Button>
  );
  return (
    <div className="grid gap-4">
      <AuditFilters />
      <Panel title={t("tab.audit")} actions={file} flush>
        <AuditTable audit={audit} filtered={Object.keys(filter).length > 0} linked />
      </Panel>
    </div>
  );
}
