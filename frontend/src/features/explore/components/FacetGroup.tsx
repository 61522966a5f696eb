import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";

import type { Count } from "../api/count-samples";
import { useWord } from "../hooks/use-word";
import type { Facet } from "../model/facets";

const FEW = 8;

type Props = {
  facet: Facet;
  counts: Count[];
  chosen: string[];
  openAtFirst: boolean;
  onToggle: (value: string) => void;
};

/** One facet: the most frequent values first, the rest on demand; what nobody contributed is left out. */
export function FacetGroup({ facet, counts, chosen, openAtFirst, onToggle }: Props) {
  const { t } = useTranslation("explore");
  const [open, setOpen] = useState(openAtFirst || chosen.length > 0);
  const [all, setAll] = useState(false);
  const word = useWord(facet);
  const held = counts.filter(({ value, count }) => count > 0 || chosen.includes(value));
  if (held.length === 0) return null;
  const shown = all ? held : held.filter(({ value }, at) => at < FEW || chosen.includes(value));
  return (
    <section className="border-b border-line py-2.5">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center justify-between gap-3 py-0.5 text-start text-sm font-medium"
      >
        {t(`facet.${facet}`)}
        <ChevronDown aria-hidden className={`size-4 text-muted transition ${open ? "rotate-180" : ""}`} />
      </button>
      {open && (
        <div className="flex flex-wrap gap-1.5 pt-2 pb-1">
          {shown.map(({ value, count }) => (
            <Value
              key={value}
              label={word(value)}
              count={count}
              pressed={chosen.includes(value)}
              onToggle={() => onToggle(value)}
            />
          ))}
          {shown.length < held.length && (
            <Button size="sm" look="quiet" className="h-7 rounded-full" onClick={() => setAll(true)}>
              {t("facets.all", { count: held.length - shown.length })}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

type ValueProps = { label: string; count: number; pressed: boolean; onToggle: () => void };

function Value({ label, count, pressed, onToggle }: ValueProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onToggle}
      className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-full border border-line bg-surface px-2.5 text-xs transition hover:border-line-strong aria-pressed:border-tungsten aria-pressed:bg-tungsten-soft aria-pressed:text-tungsten"
    >
      <bdi className="truncate">{label}</bdi>
      <span className={`figures ${pressed ? "" : "text-muted"}`}>{count}</span>
    </button>
  );
}
