import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { PlayerProvider, usePlayerOf } from "../hooks/use-player";
import { useDesk } from "../hooks/use-desk";
import { useDeskKeys } from "../hooks/use-desk-keys";
import type { Cast } from "../api/cast-vote";
import type { ToJudge } from "../api/take-review";
import { markShown } from "../model/marks";
import { DeskBar } from "./DeskBar";
import { Findings } from "./Findings";
import { KeySheet } from "./KeySheet";
import { Likeness } from "./Likeness";
import { LostLease } from "./LostLease";
import { Material } from "./Material";
import { VerdictPanel } from "./VerdictPanel";
import { VoteRefused } from "./VoteRefused";

type Props = {
  review: ToJudge;
  busy: boolean;
  onCast: (cast: Cast) => void;
  onSkip: (review: ToJudge) => void;
  onAgain: (review: ToJudge) => void;
  onNext: () => void;
  onStale: () => void;
};

/** Everything about one held review on one screen. Mounted anew for each. */
export function Desk({ review, busy, onCast, onSkip, onAgain, onNext, onStale }: Props) {
  const { t } = useTranslation("review");
  const [sheet, setSheet] = useState(false);
  const top = useRef<HTMLElement>(null);
  const desk = useDesk(review, { onCast, onSkip, onAgain });
  const player = usePlayerOf(review);
  useDeskKeys(player, desk, () => setSheet(true));
  useEffect(() => {
    scrollTo({ top: 0 });
    top.current?.focus({ preventScroll: true });
    const drawn = requestAnimationFrame(() => setTimeout(markShown));
    return () => cancelAnimationFrame(drawn);
  }, []);
  return (
    <PlayerProvider value={player}>
      <section ref={top} tabIndex={-1} aria-label={t("desk.label")} className="outline-none">
        <DeskBar
          review={review}
          secondsLeft={desk.lease.secondsLeft}
          busy={busy}
          onSkip={desk.skip}
          onKeys={() => setSheet(true)}
        />
        {desk.lease.lost ? (
          <LostLease
            error={desk.again.error}
            busy={desk.again.isPending}
            onAgain={() => desk.again.mutate()}
            onNext={onNext}
          />
        ) : (
          <VoteRefused error={desk.vote.error} onNext={onNext} />
        )}
        <div className="grid items-start gap-4 p-4 lg:grid-cols-[minmax(0,1fr)_21rem] xl:grid-cols-[minmax(0,1fr)_23rem]">
          <Material
            work={review}
            brief={review.campaign.brief}
            alike={<Likeness review={review} />}
            onStale={onStale}
          />
          <aside className="grid gap-4 lg:sticky lg:top-[7.25rem] lg:max-h-[calc(100dvh-8.25rem)] lg:overflow-y-auto">
            <VerdictPanel
              judgement={desk.judgement}
              busy={busy || desk.vote.isPending}
              noteRef={desk.note}
              onVerdict={(verdict) => desk.change({ verdict })}
              onReason={desk.toggle}
              onNote={(note) => desk.change({ note })}
              onCast={desk.cast}
            />
            <Findings gates={review.gates} />
          </aside>
        </div>
      </section>
      <KeySheet open={sheet} onOpenChange={setSheet} />
    </PlayerProvider>
  );
}
