import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Sample } from "../api/search-samples";
import { toggleChosen, useChosen } from "../hooks/use-chosen";
import { cardWidth, columnsIn, GAP_PX, stepped } from "../model/columns";
import { SampleCard } from "./SampleCard";

const WORDS_PX = 64;
const NEAR_THE_END_ROWS = 4;
const OVERSCAN_ROWS = 3;

type Props = { samples: Sample[]; hasMore: boolean; onNearEnd: () => void };

/** As many cards as there are samples, of which only those near the screen are in the page. */
export function SampleGrid({ samples, hasMore, onNearEnd }: Props) {
  const { t, i18n } = useTranslation("explore");
  const chosen = useChosen();
  const { home, width, top } = usePlace();
  const [active, setActive] = useState(0);
  const [byKey, setByKey] = useState(false);
  const columns = columnsIn(width);
  const card = cardWidth(width, columns);
  const rows = Math.ceil(samples.length / columns);
  const rowHeight = Math.round(card * (10 / 16)) + WORDS_PX;
  const virtual = useWindowVirtualizer({
    count: rows,
    estimateSize: () => rowHeight,
    gap: GAP_PX,
    overscan: OVERSCAN_ROWS,
    scrollMargin: top,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows - NEAR_THE_END_ROWS) onNearEnd();
  }, [hasMore, last, rows, onNearEnd]);
  const onKeyDown = (event: KeyboardEvent) => {
    const rightToLeft = i18n.dir() === "rtl";
    const next = stepped(event.key, active, { columns, count: samples.length, rightToLeft });
    const at = samples[active];
    if (event.key === "x" && at) toggleChosen(at.id);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    setByKey(true);
    virtual.scrollToIndex(Math.floor(next / columns), { align: "auto" });
  };
  const first = (shown[0]?.index ?? 0) * columns;
  const inSight = active >= first && active < (last + 1) * columns;
  const tabStop = inSight ? active : first;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the links inside are what is operated
    <ul
      ref={home}
      aria-label={t("search.found")}
      className="relative"
      style={{ height: virtual.getTotalSize() }}
      onKeyDown={onKeyDown}
    >
      {shown.flatMap((row) =>
        samples.slice(row.index * columns, (row.index + 1) * columns).map((sample, column) => {
          const at = row.index * columns + column;
          return (
            <SampleCard
              key={sample.id}
              sample={sample}
              position={at + 1}
              chosen={chosen.has(sample.id)}
              tabStop={at === tabStop}
              focused={byKey && at === active}
              onFocus={() => {
                setActive(at);
                setByKey(false);
              }}
              style={{
                width: card,
                height: row.size,
                top: row.start - virtual.options.scrollMargin,
                insetInlineStart: column * (card + GAP_PX),
              }}
            />
          );
        }),
      )}
    </ul>
  );
}

/** How wide the grid is, and how far below the page's top it begins. */
function usePlace() {
  const home = useRef<HTMLUListElement>(null);
  const [place, setPlace] = useState({ width: 960, top: 0 });
  useLayoutEffect(() => {
    const list = home.current;
    if (!list) return;
    const look = () => {
      const next = { width: list.clientWidth, top: list.getBoundingClientRect().top + scrollY };
      setPlace((before) => (before.width === next.width && before.top === next.top ? before : next));
    };
    const watched = new ResizeObserver(look);
    watched.observe(list);
    watched.observe(document.body);
    look();
    return () => watched.disconnect();
  }, []);
  return { home, ...place };
}
