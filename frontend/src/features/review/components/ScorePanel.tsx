import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";

import { useRules } from "../api/read-rules";
import type { Outcome } from "../model/bands";
import { type Line, scoreLines } from "../model/score-lines";
import { BandBar } from "./BandBar";
import type { Work } from "./Material";

const TONES: Record<Outcome, Tone> = { pass: "good", review: "warn", reject: "bad" };

/** Every measurement with the bounds it was judged by, by modality; what was found against it is open. */
export function ScorePanel({ work }: { work: Work }) {
  const { t } = useTranslation("review");
  const rules = useRules(work.submission);
  if (rules.isPending) return <LoadingRows rows={3} />;
  if (rules.isError) return <Failed error={rules.error} onRetry={() => void rules.refetch()} />;
  const groups = scoreLines(work.scores, rules.data);
  return (
    <Panel title={t("scores.title")} flush>
      {groups.map(({ modality, outcome, lines }) => (
        <details key={modality} open={outcome !== "pass"} className="border-b border-line last:border-0">
          <summary className="flex items-center gap-3 px-5 py-2.5 text-sm">
            <span className="grow">{t(`modality.${modality}`)}</span>
            <span className="figures text-xs text-muted">{lines.length}</span>
            <Badge tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</Badge>
          </summary>
          <Lines lines={lines} />
        </details>
      ))}
    </Panel>
  );
}

/** What was found against it first; what passes on demand, where there is something else to look at. */
function Lines({ lines }: { lines: Line[] }) {
  const { t } = useTranslation("review");
  const [all, setAll] = useState(false);
  const against = lines.filter(({ bands }) => bands && bands.outcome !== "pass");
  const shown = all || against.length === 0 ? lines : against;
  return (
    <ul className="grid gap-2.5 px-5 pt-1 pb-4">
      {shown.map((line) => (
        <ScoreLine key={line.key} line={line} />
      ))}
      {shown.length < lines.length && (
        <li>
          <Button size="sm" look="quiet" onClick={() => setAll(true)}>
            {t("scores.passing", { count: lines.length - shown.length })}
          </Button>
        </li>
      )}
    </ul>
  );
}

function ScoreLine({ line }: { line: Line }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_5.5rem_6rem] items-center gap-3 text-xs" dir="ltr">
      <span className="figures truncate" title={`${line.metric} (${line.part}), ${line.model}`}>
        {line.metric}
      </span>
      <span className="figures text-end">{line.shown}</span>
      {line.bands ? (
        <BandBar bands={line.bands} label={line.metric} />
      ) : (
        <span className="text-muted">–</span>
      )}
    </li>
  );
}
