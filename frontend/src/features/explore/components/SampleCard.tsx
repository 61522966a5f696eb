import { Check, Plus } from "lucide-react";
import { type CSSProperties, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { percent, timecode, useLocale } from "@/lib/format";

import type { Sample } from "../api/search-samples";
import { toggleChosen } from "../hooks/use-chosen";
import { Face } from "./Face";

type Props = {
  sample: Sample;
  position: number;
  chosen: boolean;
  tabStop: boolean;
  focused: boolean;
  onFocus: () => void;
  style: CSSProperties;
};

/** One sample small: it plays while one points at it, opens at a press, and is chosen by its corner or `x`. */
export function SampleCard({ sample, position, chosen, tabStop, focused, onFocus, style }: Props) {
  const { t } = useTranslation("explore");
  const locale = useLocale();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (focused) link.current?.focus({ preventScroll: true });
  }, [focused]);
  const label = t(chosen ? "search.unchoose" : "search.choose", { caption: sample.caption });
  return (
    <li className="group absolute" style={style} aria-posinset={position} aria-setsize={-1}>
      <Link
        ref={link}
        to={`/explore/samples/${sample.id}`}
        tabIndex={tabStop ? 0 : -1}
        onFocus={onFocus}
        className="grid gap-2 rounded-md"
      >
        <Face sample={sample} />
        <span className="line-clamp-2 text-sm leading-snug" dir="auto">
          {sample.caption}
        </span>
        <span className="flex gap-3 text-xs text-muted">
          <span className="figures">{timecode(sample.duration_s)}</span>
          <span>{t("search.quality", { share: percent(sample.quality, locale) })}</span>
          {sample.likeness !== null && (
            <span>{t("search.likeness", { share: percent(sample.likeness, locale) })}</span>
          )}
        </span>
      </Link>
      <button
        type="button"
        aria-label={label}
        title={label}
        aria-pressed={chosen}
        tabIndex={tabStop ? 0 : -1}
        onClick={() => toggleChosen(sample.id)}
        className="absolute end-2 top-2 grid size-8 place-items-center rounded-md bg-black/55 text-white opacity-0 transition group-hover:opacity-100 focus-visible:opacity-100 aria-pressed:bg-tungsten aria-pressed:text-on-ink aria-pressed:opacity-100 pointer-coarse:opacity-100"
      >
        {chosen ? <Check className="size-4" aria-hidden /> : <Plus className="size-4" aria-hidden />}
      </button>
    </li>
  );
}
