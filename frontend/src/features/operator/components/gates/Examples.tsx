import type { ReactNode } from "react";
import { ArrowRight, ArrowUpRight, Minus, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";
import { useFindingText } from "@/lib/findings";

import type { Example, Outcome, Sentence } from "../../api/what-if";

const TONES = { pass: "good", review: "warn", reject: "bad" } as const;

/** Contributions whose verdict would be another, each with what would be said and what no more. */
export function Examples({ examples }: { examples: Example[] }) {
  const { t } = useTranslation("operator");
  if (examples.length === 0) return null;
  return (
    <Panel title={t("what_if.examples")} flush>
      <ul className="divide-y divide-line">
        {examples.map((example) => (
          <li key={example.submission} className="grid gap-2 px-5 py-3.5 text-sm">
            <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span className="inline-flex items-center gap-2">
                <OutcomeBadge outcome={example.before} />
                <ArrowRight className="size-4 text-muted rtl:-scale-x-100" aria-label={t("gates.becomes")} />
                <OutcomeBadge outcome={example.after} />
              </span>
              <Link
                to={`/work/${example.submission}`}
                className="inline-flex items-center gap-1 underline-offset-4 hover:underline"
              >
                {t("what_if.open")}
                <ArrowUpRight className="size-3.5 rtl:-scale-x-100" aria-hidden />
              </Link>
            </span>
            <Sentences sentences={example.appear} icon={<Plus className="text-bad" />} />
            <Sentences sentences={example.disappear} icon={<Minus className="text-good" />} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation("gates");
  return <Badge tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</Badge>;
}

function Sentences({ sentences, icon }: { sentences: Sentence[]; icon: ReactNode }) {
  const textOf = useFindingText();
  return sentences.map((sentence) => {
    const { message, told, asked, fix } = textOf(sentence);
    // the server's own sentence has figures and fix in it already
    const whole = message === sentence.message ? message : `${message} ${told} (${asked}). ${fix}`;
    return (
      <p
        key={`${sentence.code} ${sentence.part}`}
        className="flex gap-2 text-muted [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0"
      >
        {icon}
        <span dir="auto">{whole}</span>
      </p>
    );
  });
}
