import clsx from "clsx";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { CONTROL } from "@/components/ui/Field";

import { labelOf, type Term, useVocabulary } from "../../api/get-vocabulary";
import { nearestTerms } from "../../draft/terms";

type Props = {
  label: string;
  vocabulary: string;
  /** What the field shows while nobody types in it. */
  shown?: string;
  placeholder?: string;
  onChoose: (term: Term) => void;
  className?: string;
};

/** One of hundreds of words, found by typing a part of it. */
export function TermSearch({ label, vocabulary, shown = "", placeholder, onChoose, className }: Props) {
  const { t, i18n } = useTranslation("contribute");
  const { data } = useVocabulary(vocabulary);
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const id = useId();
  const found = useMemo(() => nearestTerms(data?.terms ?? [], typed ?? ""), [data, typed]);
  const open = typed !== null;
  const choose = (term: Term | undefined) => {
    setTyped(null);
    if (term) onChoose(term);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!open) setTyped("");
      setAt((at + step + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === "Escape") setTyped(null);
  };
  return (
    <div className={clsx("relative", className)}>
      <input
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && found[at] ? `${id}-${at}` : undefined}
        autoComplete="off"
        dir="auto"
        placeholder={placeholder}
        value={typed ?? shown}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setTyped(null)}
        className={clsx(CONTROL, "h-9 !text-sm")}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        hidden={!open}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-64 min-w-56 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-raised"
      >
        {found.map((term, index) => (
          <div
            key={term.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onPointerDown={(event) => {
              event.preventDefault(); // before the field loses its focus and the list is gone
              choose(term);
            }}
            className="cursor-default rounded-sm px-2.5 py-1.5 text-sm aria-selected:bg-sunken"
          >
            {labelOf(term, i18n.language)}
          </div>
        ))}
        {found.length === 0 && <div className="px-2.5 py-1.5 text-sm text-muted">{t("no_such_word")}</div>}
      </div>
    </div>
  );
}
