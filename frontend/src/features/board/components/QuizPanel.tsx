import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

import { type Quiz, useAnswerQuiz, useQuiz } from "../api/quiz";
import { QuizQuestion } from "./QuizQuestion";

/** The primer: a few questions to be answered right before anything is submitted. */
export function QuizPanel({ campaignId, passed }: { campaignId: string; passed: boolean }) {
  const { t } = useTranslation("board");
  const quiz = useQuiz(campaignId);
  return (
    <Panel title={t("quiz.title")}>
      {quiz.isPending && <LoadingRows rows={2} />}
      {quiz.isError && <Failed error={quiz.error} onRetry={() => void quiz.refetch()} />}
      {quiz.isSuccess && passed && <Notice tone="good">{t("quiz.passed")}</Notice>}
      {quiz.isSuccess && !passed && <Questions campaignId={campaignId} quiz={quiz.data} />}
    </Panel>
  );
}

function Questions({ campaignId, quiz }: { campaignId: string; quiz: Quiz }) {
  const { t } = useTranslation("board");
  const [chosen, setChosen] = useState<Record<number, number>>({});
  const answer = useAnswerQuiz(campaignId);
  const complete = quiz.questions.every((_, place) => chosen[place] !== undefined);
  const choose = (place: number, choice: number) => {
    setChosen({ ...chosen, [place]: choice });
    answer.reset();
  };
  const answers = quiz.questions.map((_, place) => chosen[place] ?? 0);
  return (
    <div className="grid gap-6">
      <p className="text-sm text-muted">{t("quiz.lead")}</p>
      {quiz.questions.map((question, place) => (
        <QuizQuestion
          key={place}
          question={question}
          number={place + 1}
          chosen={chosen[place]}
          result={answer.data?.results[place]}
          onChoose={(choice) => choose(place, choice)}
        />
      ))}
      {answer.isError && <Notice tone="bad">{errorText(answer.error)}</Notice>}
      {answer.data && !answer.data.passed && <Notice tone="warn">{t("quiz.again")}</Notice>}
      <Button
        look="primary"
        className="justify-self-start"
        disabled={!complete}
        busy={answer.isPending}
        onClick={() => answer.mutate({ version: quiz.version, answers })}
      >
        {t("quiz.answer")}
      </Button>
    </div>
  );
}
