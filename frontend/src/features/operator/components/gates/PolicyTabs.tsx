import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Tabs } from "@/components/ui/Tabs";

import { useWhatIf } from "../../api/what-if";
import type { Rules } from "../../model/rules";
import { Versions } from "./Versions";
import { WhatIfPanel } from "./WhatIfPanel";

/** A policy's rules, what they would change, and what was published. */
export function PolicyTabs({
  policyId,
  rules,
  editor,
}: {
  policyId: string;
  rules: Rules;
  editor: ReactNode;
}) {
  const { t } = useTranslation("operator");
  const [query, setQuery] = useSearchParams();
  const question = useWhatIf(); // here, so that the answer survives a look at the rules
  return (
    <Tabs
      label={t("gates.policy")}
      value={query.get("tab") ?? "rules"}
      onChange={(tab) => setQuery({ tab }, { replace: true })}
      tabs={[
        { value: "rules", label: t("gates.rules"), content: editor },
        {
          value: "what-if",
          label: t("what_if.title"),
          content: <WhatIfPanel rules={rules} question={question} />,
        },
        { value: "versions", label: t("gates.versions"), content: <Versions policyId={policyId} /> },
      ]}
    />
  );
}
