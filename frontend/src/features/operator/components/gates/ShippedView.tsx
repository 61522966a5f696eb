import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Page } from "@/components/ui/Page";

import { difference, type Rules } from "../../model/rules";
import { NewPolicyDialog } from "./NewPolicyDialog";
import { PolicyTabs } from "./PolicyTabs";
import { RulesEditor } from "./RulesEditor";

const nothing = () => undefined;

/** The platform's own policy: read, asked about, and begun from. */
export function ShippedView({
  policyId,
  version,
  rules,
}: {
  policyId: string;
  version: string;
  rules: Rules;
}) {
  const { t } = useTranslation("operator");
  const [writing, setWriting] = useState(false);
  const same = difference(rules, rules);
  return (
    <Page
      title={t("gates.default")}
      lead={t("gates.shipped_lead")}
      actions={
        <Button look="primary" onClick={() => setWriting(true)}>
          {t("gates.begin")}
        </Button>
      }
    >
      <PolicyTabs
        policyId={policyId}
        rules={rules}
        editor={
          <RulesEditor
            {...{ rules, changes: same, base: rules, problems: {}, warnings: [], readOnly: true }}
            {...{ onRule: nothing, onRemove: nothing, onRestore: nothing, onWeight: nothing }}
          />
        }
      />
      {writing && <NewPolicyDialog from={version} onClose={() => setWriting(false)} />}
    </Page>
  );
}
