import { Check, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { HistoryButtons } from "@/components/ui/HistoryButtons";
import { Page } from "@/components/ui/Page";
import { Spinner } from "@/components/ui/Spinner";
import { errorText } from "@/lib/errors";
import { undoKeys } from "@/lib/history";

import type { DraftReport } from "../../api/policy-draft";
import type { Policy } from "../../api/policies";
import { type PolicyDraft, usePolicyDraft } from "../../hooks/use-policy-draft";
import { countOf, difference, type Rules, withBack, without, withRule } from "../../model/rules";
import { PolicyTabs } from "./PolicyTabs";
import { PublishDialog } from "./PublishDialog";
import { RulesEditor } from "./RulesEditor";

type Props = { policy: Policy; stored: DraftReport; start: Rules; base: Rules; number: number };

/** The draft of a policy of one's own: edited, asked about, published as the next version. */
export function DraftView({ policy, stored, start, base, number }: Props) {
  const { t } = useTranslation("operator");
  const go = useNavigate();
  const [publishing, setPublishing] = useState(false);
  const draft = usePolicyDraft(policy.id, stored, start);
  const { rules, history, report } = draft;
  const changes = difference(base, rules);
  const ready = draft.state === "saved" && Object.keys(report.problems).length === 0;
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the undo keys of all within
    <div onKeyDown={undoKeys(history)}>
      <Page
        title={policy.name}
        lead={policy.description}
        actions={
          <>
            <SaveState draft={draft} />
            <HistoryButtons history={history} />
            <Button
              look="primary"
              disabled={!ready || (policy.newest !== null && countOf(changes) === 0)}
              onClick={() => setPublishing(true)}
            >
              {t("gates.publish_as", { number })}
            </Button>
          </>
        }
      >
        <PolicyTabs
          policyId={policy.id}
          rules={rules}
          editor={
            <RulesEditor
              {...{ rules, base, changes }}
              problems={report.problems}
              warnings={report.warnings}
              onRule={(id, change, label) => history.set((now) => withRule(now, id, change), label)}
              onRemove={(id) => history.set((now) => without(now, id))}
              onRestore={(rule) => history.set((now) => withBack(now, rule))}
              onWeight={(part, weight) =>
                history.set((now) => ({ ...now, weights: { ...now.weights, [part]: weight } }), part)
              }
            />
          }
        />
      </Page>
      {publishing && (
        <PublishDialog
          policyId={policy.id}
          {...{ number, changes }}
          onClose={() => setPublishing(false)}
          onPublished={() => void go("/operator/gates")}
        />
      )}
    </div>
  );
}

function SaveState({ draft: { state, error } }: { draft: PolicyDraft }) {
  const { t } = useTranslation("operator");
  const icons = {
    saved: <Check className="text-good" />,
    saving: <Spinner />,
    refused: <TriangleAlert className="text-bad" />,
  };
  return (
    <span role="status" className="flex items-center gap-2 px-2 text-sm text-muted [&_svg]:size-4">
      {icons[state]}
      {state === "refused" ? errorText(error) : t(`gates.save.${state}`)}
    </span>
  );
}
