import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Panel } from "@/components/ui/Panel";
import { Progress } from "@/components/ui/Progress";
import { Select } from "@/components/ui/Select";
import { Empty, Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import { flatten } from "@/lib/query";

import { useAllCampaigns } from "../../api/campaigns";
import type { useWhatIf } from "../../api/what-if";
import type { Rules } from "../../model/rules";
import { WhatIfAnswer } from "./WhatIfAnswer";

const ALL = "all";

type Props = { rules: Rules; question: ReturnType<typeof useWhatIf> };

/** Asks the stored scores what these rules would change, and shows the answer. */
export function WhatIfPanel({ rules, question }: Props) {
  const { t } = useTranslation("operator");
  const [campaign, setCampaign] = useState(question.asked?.campaign ?? ALL);
  const campaigns = flatten(useAllCampaigns().data);
  const { answer, failure, error } = question;
  const older = answer !== null && question.asked?.rules !== rules;
  return (
    <div className="grid gap-6">
      <Panel>
        <div className="flex flex-wrap items-end gap-4">
          <Select
            label={t("what_if.over")}
            className="w-full max-w-sm"
            value={campaign}
            onChange={setCampaign}
            options={[
              { value: ALL, label: t("what_if.all") },
              ...campaigns.map(({ id, title }) => ({ value: id, label: title })),
            ]}
          />
          <Button
            look="primary"
            icon={<FlaskConical className="size-4" />}
            busy={question.busy}
            onClick={() => question.ask({ rules, campaign: campaign === ALL ? null : campaign })}
          >
            {t("what_if.ask")}
          </Button>
        </div>
        <p className="mt-4 text-sm text-muted">{t("what_if.lead")}</p>
      </Panel>
      {question.busy && question.progress !== null && (
        <Progress value={question.progress} label={t("what_if.working")} />
      )}
      {error && <Notice tone="bad">{errorText(error)}</Notice>}
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      {older && <Notice tone="warn">{t("what_if.older")}</Notice>}
      {answer && (answer.judged ? <WhatIfAnswer answer={answer} /> : <Empty title={t("what_if.nothing")} />)}
    </div>
  );
}
