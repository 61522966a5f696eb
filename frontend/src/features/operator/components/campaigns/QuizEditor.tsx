import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";
import { toast } from "@/components/ui/Toasts";
import { errorText } from "@/lib/errors";
import { forget, keep, readKept } from "@/lib/kept";

import { type Question, useQuestions, useSetQuestions } from "../../api/campaign-quiz";
import { QuestionFields } from "./QuestionFields";

const MOST = 5;
const NEW: Question = { question: "", choices: ["", ""], right: 0, explanation: "" };

/** The primer: questions that contributors answer before they submit. It has a save of its own. */
export function QuizEditor({ campaignId, disabled }: { campaignId: string; disabled: boolean }) {
  const { t } = useTranslation("operator");
  const stored = useQuestions(campaignId);
  return (
    <Panel title={t("quiz.title")}>
      {stored.isPending && <LoadingRows rows={1} />}
      {stored.isError && <Failed error={stored.error} onRetry={() => void stored.refetch()} />}
      {stored.isSuccess && <Questions {...{ campaignId, disabled }} stored={stored.data} />}
    </Panel>
  );
}

type Props = { campaignId: string; disabled: boolean; stored: Question[] };

function Questions({ campaignId, disabled, stored: first }: Props) {
  const { t } = useTranslation(["operator", "common"]);
  const place = `openslate.quiz.${campaignId}`;
  const [stored, setStored] = useState(first);
  const [questions, setQuestions] = useState(() => readKept<Question[]>(place) ?? first);
  const set = useSetQuestions(campaignId);
  const put = (next: Question[]) => {
    keep(place, next);
    setQuestions(next);
  };
  const changed = JSON.stringify(questions) !== JSON.stringify(stored);
  const whole = questions.every(isWhole);
  const save = () =>
    set.mutate(questions, {
      onSuccess: () => {
        forget(place);
        setStored(questions);
        toast(t(questions.length ? "quiz.saved" : "quiz.ended"));
      },
    });
  return (
    <div className="grid gap-5">
      <p className="text-sm text-muted">{t("quiz.hint")}</p>
      {set.isError && <Notice tone="bad">{errorText(set.error)}</Notice>}
      <ol className="grid gap-4">
        {questions.map((question, at) => (
          <li key={at}>
            <QuestionFields
              question={question}
              number={at + 1}
              disabled={disabled}
              onChange={(change) =>
                put(questions.map((one, other) => (other === at ? { ...one, ...change } : one)))
              }
              onRemove={() => put(questions.filter((_, other) => other !== at))}
            />
          </li>
        ))}
      </ol>
      {!disabled && (
        <div className="flex flex-wrap items-center gap-3">
          {questions.length < MOST && (
            <Button icon={<Plus className="size-4" />} onClick={() => put([...questions, NEW])}>
              {t("quiz.add")}
            </Button>
          )}
          <Button look="primary" disabled={!changed || !whole} busy={set.isPending} onClick={save}>
            {t("quiz.save")}
          </Button>
          {changed && !whole && <span className="text-sm text-muted">{t("quiz.incomplete")}</span>}
        </div>
      )}
    </div>
  );
}

function isWhole({ question, choices, explanation }: Question): boolean {
  return [question, explanation, ...choices].every((text) => text.trim());
}
