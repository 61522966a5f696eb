/** How many cards stand side by side, and where the keyboard goes from one. */
const CARD_MIN_PX = 208;
export const GAP_PX = 16;

export function columnsIn(widthPx: number): number {
  return Math.max(widthPx < 320 ? 1 : 2, Math.floor((widthPx + GAP_PX) / (CARD_MIN_PX + GAP_PX)));
}

export function cardWidth(widthPx: number, columns: number): number {
  return (widthPx - GAP_PX * (columns - 1)) / columns;
}

type Grid = { columns: number; count: number; rightToLeft: boolean };

/** The card that the key leads to from card `at`; null where the key means nothing to a grid. */
export function stepped(key: string, at: number, { columns, count, rightToLeft }: Grid): number | null {
  const ahead = rightToLeft ? -1 : 1;
  const steps: Record<string, number> = {
    ArrowRight: at + ahead,
    ArrowLeft: at - ahead,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: count - 1,
  };
  const to = steps[key];
  if (to === undefined) return null;
  if (key === "ArrowDown" && to >= count) return at;
  if (key === "ArrowUp" && to < 0) return at;
  return Math.min(count - 1, Math.max(0, to));
}
