import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { Page } from "@/components/ui/Page";
import { Empty, Failed, LoadingRows, Notice } from "@/components/ui/states";

import { useSaveDraft, useStoredDraft } from "./api/policy-draft";
import { type Policy, usePolicies, useVersion } from "./api/policies";
import { DraftView } from "./components/gates/DraftView";
import { ShippedView } from "./components/gates/ShippedView";
import { readRules, type Rules } from "./model/rules";
import { SHIPPED } from "./model/shipped";

export function Component() {
  const { policyId = "" } = useParams();
  const { t } = useTranslation("operator");
  const policies = usePolicies();
  const policy = policies.data?.find(({ id }) => id === policyId);
  const shipped = policies.data?.find(({ name }) => name === SHIPPED);
  const base = useVersion(policy?.newest ?? shipped?.newest);
  if (policies.isError || base.isError)
    return (
      <Page title={t("gates.policy")}>
        <Failed error={policies.error ?? base.error} onRetry={() => void policies.refetch()} />
      </Page>
    );
  if (policies.isSuccess && !policy)
    return (
      <Page title={t("gates.policy")}>
        <Empty title={t("gates.gone")} />
      </Page>
    );
  if (!policy || !base.data)
    return (
      <Page title={t("gates.policy")}>
        <LoadingRows />
      </Page>
    );
  const rules = base.data.rules as Rules;
  if (policy.name === SHIPPED)
    return <ShippedView policyId={policyId} version={base.data.id} rules={rules} />;
  return <OwnPolicy policy={policy} base={rules} number={policy.newest ? base.data.number + 1 : 1} />;
}

function OwnPolicy({ policy, base, number }: { policy: Policy; base: Rules; number: number }) {
  const { t } = useTranslation("operator");
  const stored = useStoredDraft(policy.id);
  const again = useSaveDraft(policy.id);
  if (stored.isSuccess) {
    const start = readRules(stored.data.rules);
    if (start) return <DraftView {...{ policy, base, start, number }} stored={stored.data} />;
  }
  return (
    <Page title={policy.name}>
      {stored.isPending && <LoadingRows />}
      {stored.isError && <Failed error={stored.error} onRetry={() => void stored.refetch()} />}
      {stored.isSuccess && (
        <Notice tone="warn">
          <span className="flex flex-wrap items-center justify-between gap-3">
            {t("gates.unreadable")}
            <Button
              size="sm"
              busy={again.isPending}
              onClick={() => again.mutate(base, { onSuccess: () => void stored.refetch() })}
            >
              {t("gates.start_over")}
            </Button>
          </span>
        </Notice>
      )}
    </Page>
  );
}
