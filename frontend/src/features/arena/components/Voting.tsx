import { SkipForward, Swords } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Kbd } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, Notice, Skeleton } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

import { type Choice, useCastVote } from "../api/cast-vote";
import { type Pair, usePair } from "../api/show-pair";
import { useVotingKeys } from "../hooks/use-voting-keys";
import { SyncedPair } from "./SyncedPair";

const WAYS: { choice: Choice; key: string }[] = [
  { choice: "left", key: "a" },
  { choice: "tie", key: "t" },
  { choice: "right", key: "b" },
];

/** Two clips of one prompt, side by side: which is better? Which model made which is not told. */
export function Voting() {
  const { t } = useTranslation("arena");
  const [skipped, setSkipped] = useState<string[]>([]);
  const pair = usePair(skipped);
  if (pair.isError) return <Failed error={pair.error} onRetry={() => void pair.refetch()} />;
  if (pair.isPending) return <Skeleton className="aspect-[2/1] w-full" />;
  if (pair.data) {
    const { comparison } = pair.data;
    return (
      <Judging
        key={comparison}
        pair={pair.data}
        onSkip={() => setSkipped((before) => [...before, comparison])}
      />
    );
  }
  const again = skipped.length > 0 && (
    <Button onClick={() => setSkipped([])}>{t("none.skipped", { count: skipped.length })}</Button>
  );
  return (
    <Panel>
      <Empty icon={<Swords />} title={t("none.title")} action={again}>
        {t("none.text")}
      </Empty>
    </Panel>
  );
}

function Judging({ pair, onSkip }: { pair: Pair; onSkip: () => void }) {
  const { t } = useTranslation("arena");
  const { mutate, isPending, isError, error } = useCastVote();
  const vote = (choice: Choice) => !isPending && mutate({ comparison: pair.comparison, choice });
  const skip = () => !isPending && onSkip();
  useVotingKeys({ a: () => vote("left"), t: () => vote("tie"), b: () => vote("right"), s: skip });
  return (
    <section aria-label={t("vote.title")} className="grid gap-4">
      <p className="text-lg" dir="auto">
        {pair.prompt}
      </p>
      <SyncedPair left={pair.left} right={pair.right} />
      {isError && <Notice tone="bad">{errorText(error)}</Notice>}
      <div dir="ltr" className="grid gap-2 sm:grid-cols-3">
        {WAYS.map(({ choice, key }) => (
          <Button key={choice} size="lg" disabled={isPending} onClick={() => vote(choice)}>
            {t(`vote.${choice}`)} <Kbd>{key.toUpperCase()}</Kbd>
          </Button>
        ))}
      </div>
      <Button
        look="quiet"
        className="justify-self-center"
        title={t("vote.skip_hint")}
        disabled={isPending}
        onClick={skip}
        icon={<SkipForward className="size-4 rtl:-scale-x-100" />}
      >
        {t("vote.skip")} <Kbd>S</Kbd>
      </Button>
    </section>
  );
}
