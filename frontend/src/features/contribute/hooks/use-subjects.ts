import { useDraft } from "./use-draft";

/** The scene's subjects as options of a `Select`. */
export function useSubjects(): { value: string; label: string }[] {
  const subjects = useDraft().scene?.subjects ?? [];
  return subjects.flatMap(({ id, name }) => (id ? [{ value: id, label: name || id }] : []));
}
