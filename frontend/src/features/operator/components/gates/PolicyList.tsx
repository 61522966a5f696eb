import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Ago } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";

import { type Policy, useAllVersions, usePolicies } from "../../api/policies";
import { SHIPPED } from "../../model/shipped";

export function PolicyList() {
  const { t } = useTranslation("operator");
  const policies = usePolicies();
  const newest = new Map(useAllVersions().map((version) => [version.id, version.number]));
  return (
    <Panel title={t("gates.policies")} flush>
      {policies.isPending && <LoadingRows rows={2} />}
      {policies.isError && <Failed error={policies.error} onRetry={() => void policies.refetch()} />}
      <ul className="divide-y divide-line">
        {policies.data?.map((policy) => (
          <li key={policy.id}>
            <PolicyLine policy={policy} number={newest.get(policy.newest ?? "")} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function PolicyLine({ policy, number }: { policy: Policy; number: number | undefined }) {
  const { t } = useTranslation("operator");
  const shipped = policy.name === SHIPPED;
  return (
    <Link
      to={`/operator/gates/${policy.id}`}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 py-3.5 text-sm transition hover:bg-sunken"
    >
      <span className="grid min-w-0 gap-0.5">
        <span className="font-medium" dir="auto">
          {shipped ? t("gates.default") : policy.name}
        </span>
        <span className="text-xs text-muted" dir="auto">
          {shipped ? t("gates.default_text") : policy.description}
        </span>
      </span>
      <span className="flex items-center gap-3 text-xs text-muted">
        {!shipped && <Ago at={policy.created_at} />}
        <Badge tone={policy.newest ? "neutral" : "info"}>
          {number ? t("gates.version", { number }) : t("gates.draft_only")}
        </Badge>
      </span>
    </Link>
  );
}
