import clsx from "clsx";
import { X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { CONTROL, Field } from "@/components/ui/Field";

import { useComplaint } from "../../hooks/use-checks";
import { Place } from "./Place";

type Props = {
  path: string;
  label: string;
  hint?: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  most: number;
};

/** Words of one's own: Enter or a comma adds one, Backspace in the empty field takes the last one back. */
export function Tags({ path, label, hint, values, onChange, most }: Props) {
  const { t } = useTranslation("contribute");
  const [typed, setTyped] = useState("");
  const error = useComplaint(path);
  const add = (text: string) => {
    const word = text.trim();
    setTyped("");
    if (word && !values.includes(word) && values.length < most) onChange([...values, word]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (["Enter", ",", "،"].includes(event.key)) {
      event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && !typed) onChange(values.slice(0, -1));
  };
  return (
    <Place path={path}>
      <Field {...{ label, hint, error }}>
        {({ required: _, ...wiring }) => (
          <div
            className={clsx(
              CONTROL,
              "flex min-h-10 flex-wrap items-center gap-1.5 py-1.5 focus-within:border-tungsten",
            )}
          >
            {values.map((word) => (
              <span
                key={word}
                className="inline-flex h-7 max-w-full items-center gap-1 rounded-full bg-sunken ps-2.5 pe-1 text-sm"
              >
                <bdi className="truncate">{word}</bdi>
                <button
                  type="button"
                  aria-label={t("remove_word", { word })}
                  onClick={() => onChange(values.filter((value) => value !== word))}
                  className="grid size-5 place-items-center rounded-full text-muted hover:bg-line hover:text-ink"
                >
                  <X className="size-3.5" aria-hidden />
                </button>
              </span>
            ))}
            <input
              {...wiring}
              dir="auto"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={onKeyDown}
              onBlur={() => add(typed)}
              className="h-7 min-w-24 grow bg-transparent outline-none"
            />
          </div>
        )}
      </Field>
    </Place>
  );
}
