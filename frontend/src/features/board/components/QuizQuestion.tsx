import { RadioGroup } from "radix-ui";
import { useId } from "react";

import type { Answered, Quiz } from "../api/quiz";

type Props = {
  question: Quiz["questions"][number];
  number: number;
  chosen: number | undefined;
  result: Answered["results"][number] | undefined;
  onChoose: (choice: number) => void;
};

export function QuizQuestion({ question, number, chosen, result, onChoose }: Props) {
  const id = useId();
  return (
    <div className="grid gap-2.5">
      <h3 id={id} className="text-sm" dir="auto">
        <span className="figures me-2 text-muted">{number}</span>
        {question.question}
      </h3>
      <RadioGroup.Root
        aria-labelledby={id}
        value={chosen === undefined ? "" : String(chosen)}
        onValueChange={(value) => onChoose(Number(value))}
        className="grid gap-1.5"
      >
        {question.choices.map((choice, place) => (
          <RadioGroup.Item
            key={place}
            value={String(place)}
            className="flex items-center gap-3 rounded-md border border-line px-3.5 py-2.5 text-start text-sm transition hover:border-line-strong data-[state=checked]:border-tungsten data-[state=checked]:bg-tungsten-soft"
            dir="auto"
          >
            {choice}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {result && (
        <p role="status" className={`text-sm ${result.right ? "text-good" : "text-bad"}`} dir="auto">
          {result.right ? "✓ " : "✗ "}
          {result.explanation}
        </p>
      )}
    </div>
  );
}
