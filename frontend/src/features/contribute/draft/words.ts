/** How many words, counted as the platform does: signs of scripts without spaces count one each. */
const UNSPACED = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/g;

export function wordCount(text: string): number {
  const signs = text.match(UNSPACED)?.length ?? 0;
  return signs + text.replaceAll(UNSPACED, " ").split(/\s+/).filter(Boolean).length;
}

/** An id for a subject out of its name, told apart from those that are taken. */
export function subjectId(name: string, taken: readonly string[]): string {
  const slug =
    name
      .normalize("NFKD")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "_")
      .replaceAll(/^_+|_+$/g, "")
      .slice(0, 48) || "subject";
  let id = slug;
  for (let number = 2; taken.includes(id); number += 1) id = `${slug}_${number}`;
  return id;
}
