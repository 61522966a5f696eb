import { Swords } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Kbd } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, Notice, Skeleton } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

import { type Choice, useCastVote } from "../api/cast-vote";
import { usePair } from "../api/show-pair";
import { SyncedPair } from "./SyncedPair";

const KEYS: Record<string, Choice> = { a: "left", b: "right", t: "tie" };

/** Two clips of one prompt, side by side: which is better? Which model made which is not told. */
export function Voting() {
  const { t } = useTranslation("arena");
  const pair = usePair();
  const cast = useCastVote();
  const comparison = pair.data?.comparison;
  const { mutate, isPending } = cast;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const choice = KEYS[event.key.toLowerCase()];
      const busy = event.ctrlKey || event.metaKey || event.altKey || event.repeat || isPending;
      const typing =
        event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [role=dialog]");
      if (choice && comparison && !busy && !typing) mutate({ comparison, choice });
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [comparison, mutate, isPending]);
  if (pair.isError) return <Failed error={pair.error} onRetry={() => void pair.refetch()} />;
  if (pair.isPending) return <Skeleton className="aspect-[2/1] w-full" />;
  if (!pair.data)
    return (
      <Panel>
        <Empty icon={<Swords />} title={t("none.title")}>
          {t("none.text")}
        </Empty>
      </Panel>
    );
  return (
    <section aria-label={t("vote.title")} className="grid gap-4">
      <p className="text-lg" dir="auto">
        {pair.data.prompt}
      </p>
      <SyncedPair key={pair.data.comparison} left={pair.data.left} right={pair.data.right} />
      {cast.isError && <Notice tone="bad">{errorText(cast.error)}</Notice>}
      <div dir="ltr" className="grid gap-2 sm:grid-cols-3">
        {Object.entries(KEYS)
          .sort(([, first], [, second]) => ORDER.indexOf(first) - ORDER.indexOf(second))
          .map(([key, choice]) => (
            <Button
              key={choice}
              size="lg"
              disabled={isPending}
              onClick={() => mutate({ comparison: pair.data!.comparison, choice })}
            >
              {t(`vote.${choice}`)} <Kbd>{key.toUpperCase()}</Kbd>
            </Button>
          ))}
      </div>
    </section>
  );
}

const ORDER: Choice[] = ["left", "tie", "right"];
