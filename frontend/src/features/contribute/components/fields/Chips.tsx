import clsx from "clsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { CONTROL } from "@/components/ui/Field";
import { Skeleton } from "@/components/ui/states";

import { labelOf, type Term, useVocabulary } from "../../api/get-vocabulary";
import { useComplaint } from "../../hooks/use-checks";
import { Place } from "./Place";

type Props = {
  path: string;
  label: string;
  vocabulary: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** Several may be chosen; else another one takes the place of the first. */
  multiple?: boolean;
};

const SEARCHED_FROM = 11;
const CHIP = clsx(
  "h-8 rounded-full border px-3 text-sm transition",
  "border-line-strong/50 bg-surface hover:border-ink",
  "aria-pressed:border-tungsten aria-pressed:bg-tungsten-soft aria-pressed:font-medium aria-pressed:text-tungsten",
);

/** The words of a vocabulary, all in sight; a search where they are many. */
export function Chips({ path, label, vocabulary, values, onChange, multiple }: Props) {
  const { t, i18n } = useTranslation("contribute");
  const { data, isPending } = useVocabulary(vocabulary);
  const [sought, setSought] = useState("");
  const error = useComplaint(path);
  const terms = data?.terms ?? [];
  const shown = terms.filter((term) => values.includes(term.id) || isMeant(term, sought));
  const toggle = (id: string) => {
    if (values.includes(id)) onChange(values.filter((value) => value !== id));
    else onChange(multiple ? [...values, id] : [id]);
  };
  return (
    <Place path={path}>
      <div role="group" aria-label={label} className="grid gap-2">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="text-sm font-medium">{label}</span>
          {terms.length >= SEARCHED_FROM && (
            <input
              type="search"
              aria-label={t("search_in", { name: label })}
              placeholder={t("search")}
              value={sought}
              onChange={(event) => setSought(event.target.value)}
              className={clsx(CONTROL, "h-8 max-w-44 !text-sm")}
            />
          )}
        </div>
        {isPending && <Skeleton className="h-8 w-3/4" />}
        <div className="flex flex-wrap gap-1.5">
          {shown.map((term) => (
            <button
              key={term.id}
              type="button"
              aria-pressed={values.includes(term.id)}
              onClick={() => toggle(term.id)}
              className={CHIP}
            >
              {labelOf(term, i18n.language)}
            </button>
          ))}
          {terms.length > 0 && shown.length === 0 && (
            <span className="text-sm text-muted">{t("no_such_word")}</span>
          )}
        </div>
        {error && <p className="text-xs font-medium text-bad">{error}</p>}
      </div>
    </Place>
  );
}

function isMeant({ id, labels, same_as }: Term, sought: string): boolean {
  const wanted = sought.trim().toLowerCase();
  return [id, labels.en, labels.ar ?? "", ...same_as].some((word) => word.toLowerCase().includes(wanted));
}
