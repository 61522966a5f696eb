import { Plus, Trash2 } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { TextArea, TextInput } from "@/components/ui/Input";

import type { Question } from "../../api/campaign-quiz";

const [LEAST, MOST] = [2, 6];

type Props = {
  question: Question;
  number: number;
  disabled: boolean;
  onChange: (change: Partial<Question>) => void;
  onRemove: () => void;
};

/** A question, its choices with the right one marked, and what is said after answering. */
export function QuestionFields({ question, number, disabled, onChange, onRemove }: Props) {
  const { t } = useTranslation("operator");
  const { choices, right } = question;
  const without = (place: number) =>
    onChange({
      choices: choices.filter((_, at) => at !== place),
      right: place < right ? right - 1 : Math.min(right, choices.length - 2),
    });
  return (
    <fieldset className="grid gap-4 rounded-md border border-line p-4" disabled={disabled}>
      <legend className="sr-only">{t("quiz.number", { number })}</legend>
      <div className="flex items-end gap-3">
        <TextInput
          label={t("quiz.number", { number })}
          fieldClassName="grow"
          maxLength={500}
          value={question.question}
          onChange={(event) => onChange({ question: event.target.value })}
        />
        <IconButton label={t("quiz.remove", { number })} icon={<Trash2 />} onClick={onRemove} />
      </div>
      <Choices
        {...{ choices, right, number }}
        onRight={(place) => onChange({ right: place })}
        onText={(place, text) => onChange({ choices: choices.map((one, at) => (at === place ? text : one)) })}
        onRemove={without}
      />
      {choices.length < MOST && (
        <Button
          size="sm"
          className="justify-self-start"
          icon={<Plus className="size-4" />}
          onClick={() => onChange({ choices: [...choices, ""] })}
        >
          {t("quiz.add_choice")}
        </Button>
      )}
      <TextArea
        label={t("quiz.explanation")}
        rows={2}
        maxLength={1000}
        value={question.explanation}
        onChange={(event) => onChange({ explanation: event.target.value })}
      />
    </fieldset>
  );
}

type ChoicesProps = {
  choices: string[];
  right: number;
  number: number;
  onRight: (place: number) => void;
  onText: (place: number, text: string) => void;
  onRemove: (place: number) => void;
};

function Choices({ choices, right, number, onRight, onText, onRemove }: ChoicesProps) {
  const { t } = useTranslation("operator");
  const group = useId();
  return (
    <ul className="grid gap-2">
      {choices.map((choice, place) => (
        <li key={place} className="flex items-end gap-3">
          <input
            type="radio"
            name={group}
            className="mb-3 size-4 accent-(--tungsten)"
            aria-label={t("quiz.right", { number, choice: place + 1 })}
            checked={place === right}
            onChange={() => onRight(place)}
          />
          <TextInput
            label={t("quiz.choice", { choice: place + 1 })}
            fieldClassName="grow"
            maxLength={300}
            value={choice}
            onChange={(event) => onText(place, event.target.value)}
          />
          {choices.length > LEAST && (
            <IconButton
              label={t("quiz.remove_choice", { choice: place + 1 })}
              icon={<Trash2 />}
              onClick={() => onRemove(place)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
