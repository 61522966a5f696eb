/** Finding a word of a vocabulary by what somebody types. */
import type { Term } from "../api/get-vocabulary";

const MOST = 30;

/** Terms that hold all typed words, those that begin with them first; abstract classes of the ontology last. */
export function nearestTerms(terms: readonly Term[], typed: string): Term[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const scored = terms.flatMap((term) => {
    const labels = [term.labels.en, term.labels.ar ?? ""].map((label) => label.toLowerCase());
    const fits = labels.filter((label) => words.every((word) => label.includes(word)));
    if (!fits.length) return [];
    const begins = fits.some((label) => label.startsWith(words[0] ?? ""));
    const shortest = Math.min(...fits.map((label) => label.length));
    return [
      { term, rank: (begins ? 0 : 1000) + (term.restrictions.includes("abstract") ? 500 : 0) + shortest },
    ];
  });
  return scored
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ term }) => term);
}
