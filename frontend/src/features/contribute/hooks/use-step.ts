import { useCallback } from "react";
import { useSearchParams } from "react-router";

import { isStep, type Step, stepOf } from "../draft/steps";

/** The step that is shown, kept in the address, and the way to the field that a path of the record names. */
export function useStep() {
  const [query, setQuery] = useSearchParams();
  const asked = query.get("step");
  const step: Step = isStep(asked) ? asked : "scene";
  const go = useCallback(
    (next: Step) => setQuery((before) => ({ ...Object.fromEntries(before), step: next }), { replace: true }),
    [setQuery],
  );
  const jump = useCallback(
    (path: string) => {
      const next = stepOf(path);
      if (next) go(next);
      setTimeout(() => focusField(path), FOCUS_AFTER_MS);
    },
    [go],
  );
  return { step, go, jump };
}

const FOCUS_AFTER_MS = 60; // the step is drawn by then
const FOCUSABLE = "input, textarea, button, select, [tabindex]";

/** Fields name their place by `data-field`; the longest one that the path begins with is meant. */
function focusField(path: string): void {
  const wanted = path.replaceAll(/\.(\d+)/g, "[$1]");
  const fields = [...document.querySelectorAll<HTMLElement>("[data-field]")];
  const fits = fields.filter(({ dataset }) => isWithin(wanted, dataset.field!));
  const field = fits.sort((a, b) => b.dataset.field!.length - a.dataset.field!.length)[0];
  field?.scrollIntoView({ block: "center" });
  const target = field?.matches(FOCUSABLE) ? field : field?.querySelector<HTMLElement>(FOCUSABLE);
  target?.focus({ preventScroll: true });
}

function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}
