import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Page } from "@/components/ui/Page";

import { CampaignPolicies } from "./components/gates/CampaignPolicies";
import { NewPolicyDialog } from "./components/gates/NewPolicyDialog";
import { PolicyList } from "./components/gates/PolicyList";
import { Rejudgements } from "./components/gates/Rejudgements";

export function Component() {
  const { t } = useTranslation("operator");
  const [writing, setWriting] = useState(false);
  return (
    <Page
      title={t("tab.gates")}
      lead={t("gates.lead")}
      actions={
        <Button icon={<Plus className="size-4" />} onClick={() => setWriting(true)}>
          {t("gates.new")}
        </Button>
      }
    >
      <div className="grid gap-6">
        <PolicyList />
        <CampaignPolicies />
        <Rejudgements />
      </div>
      {writing && <NewPolicyDialog onClose={() => setWriting(false)} />}
    </Page>
  );
}
