import { Sparkles } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

import { isUnderWay, type Precheck, type Problem } from "../../api/get-precheck";
import { placed } from "../../draft/findings";
import { stepOf } from "../../draft/steps";
import { useProblemText } from "../../hooks/use-checks";
import type { useLivePrecheck } from "../../hooks/use-live-precheck";
import { FindingCard } from "./FindingCard";
import { Tiers } from "./Tiers";

type Props = { live: ReturnType<typeof useLivePrecheck>; onJump: (path: string) => void };

/** The gates that will judge it, before they do: what stands in the way, what a reviewer will look at, how to fix it. */
export function PrecheckPanel({ live: { result, start }, onJump }: Props) {
  const { t } = useTranslation("contribute");
  const { data: check } = result;
  return (
    <Panel title={t("check.title")} actions={check && <Verdict check={check} />} flush>
      <div aria-live="polite">
        {result.isPending && <LoadingRows rows={3} />}
        {result.isError && !check && <Failed error={result.error} onRetry={() => void result.refetch()} />}
        {check && <Found check={check} onJump={onJump} />}
      </div>
      {check?.ready && (
        <footer className="grid gap-3 border-t border-line px-5 py-4">
          <Tiers check={check} />
          {start.isError && <Notice tone="warn">{errorText(start.error)}</Notice>}
          {["not_started", "failed"].includes(check.tiers.models.status) && (
            <Button
              size="sm"
              icon={<Sparkles className="size-4" aria-hidden />}
              busy={start.isPending}
              onClick={() => start.mutate()}
            >
              {t("check.ask_models")}
            </Button>
          )}
        </footer>
      )}
    </Panel>
  );
}

function Verdict({ check }: { check: Precheck }) {
  const { t } = useTranslation("contribute");
  if (!check.ready) return <Badge tone="warn">{t("check.open", { count: check.problems.length })}</Badge>;
  if (isUnderWay(check)) return <Badge tone="live">{t("check.measuring")}</Badge>;
  if (check.outcome === "reject") return <Badge tone="bad">{t("check.reject")}</Badge>;
  if (check.outcome === "review") return <Badge tone="warn">{t("check.review")}</Badge>;
  return <Badge tone="good">{t("check.pass")}</Badge>;
}

function Found({ check, onJump }: { check: Precheck; onJump: (path: string) => void }) {
  const { t } = useTranslation("contribute");
  const findings = placed(check);
  if (!check.problems.length && !findings.length)
    return <p className="px-5 py-6 text-sm text-muted">{t("check.clean")}</p>;
  return (
    <ul className="max-h-[56dvh] divide-y divide-line overflow-y-auto">
      {check.problems.map((problem, index) => (
        <li key={`${problem.path} ${problem.code} ${index}`}>
          <ProblemCard problem={problem} onJump={onJump} />
        </li>
      ))}
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.part}`}>
          <FindingCard finding={finding} onJump={onJump} />
        </li>
      ))}
    </ul>
  );
}

function ProblemCard({ problem, onJump }: { problem: Problem; onJump: (path: string) => void }) {
  const { t } = useTranslation("contribute");
  const { message, fix } = useProblemText()(problem);
  const step = stepOf(problem.path);
  return (
    <button
      type="button"
      onClick={() => onJump(problem.path)}
      className="grid w-full gap-1 px-5 py-3 text-start transition hover:bg-sunken"
    >
      <span className="flex items-center justify-between gap-2 text-xs text-muted">
        <span>{step ? t(`step.${step}`) : t("check.whole")}</span>
        <bdi className="figures truncate text-2xs">{problem.path}</bdi>
      </span>
      <bdi className="text-sm font-medium">{message}</bdi>
      <bdi className="text-sm text-muted">{fix}</bdi>
    </button>
  );
}
