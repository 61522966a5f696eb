/** How strongly a cell of the coverage map is tinted, in percent of the tint: by order of magnitude, none for none. */
const WEAKEST = 8;
const STRONGEST = 46; // beyond it the figure in the cell is hard to read

export function tint(count: number, most: number): number {
  if (count === 0) return 0;
  if (most <= 1) return STRONGEST;
  return Math.round(WEAKEST + (STRONGEST - WEAKEST) * (Math.log(count) / Math.log(most)));
}

/** What campaigns ask for, summed by word: `{"movement=dolly_in": 50}`. */
export function wantedBy(campaigns: { coverage_targets: Record<string, number> }[]): Record<string, number> {
  const wanted: Record<string, number> = {};
  for (const { coverage_targets: targets } of campaigns)
    for (const [word, count] of Object.entries(targets)) wanted[word] = (wanted[word] ?? 0) + count;
  return wanted;
}

type Held = Record<string, { value: string; count: number }[]>;
export type Gap = { facet: string; value: string; wanted: number; held: number };

/** Beside what is held, the least filled first. */
export function gapsOf(wanted: Record<string, number>, held: Held): Gap[] {
  return Object.entries(wanted)
    .map(([word, count]) => {
      const [facet = "", value = ""] = word.split("=");
      const found = held[facet]?.find((one) => one.value === value)?.count ?? 0;
      return { facet, value, wanted: count, held: found };
    })
    .sort((one, other) => one.held / one.wanted - other.held / other.wanted);
}

type Crossed = { xs: string[]; ys: string[]; counts: number[][] };
export type Pair = { x: string; y: string; count: number };

/** How many pairs nobody contributed, and of the others those of which there is least, the rarest first. */
export function thinnest({ xs, ys, counts }: Crossed, most: number): { missing: number; rare: Pair[] } {
  const pairs = ys.flatMap((y, row) => xs.map((x, column) => ({ x, y, count: counts[row]?.[column] ?? 0 })));
  const held = pairs.filter(({ count }) => count > 0);
  const rare = held.sort((one, other) => one.count - other.count).slice(0, most);
  return { missing: pairs.length - held.length, rare };
}
