import { useEffect, useState } from "react";

import { useHistory } from "@/lib/history";
import { forget, keep, readKept } from "@/lib/kept";

import { type DraftReport, useSaveDraft } from "../api/policy-draft";
import { readRules, type Rules } from "../model/rules";

const QUIET_MS = 600;

export type PolicyDraft = ReturnType<typeof usePolicyDraft>;

/** The rules being written, with undo, stored a moment after every change; what could not be stored stays in this tab. */
export function usePolicyDraft(policyId: string, stored: DraftReport, start: Rules) {
  const place = `openslate.policy-draft.${policyId}`;
  const history = useHistory<Rules>(() => readKept<Rules>(place) ?? start);
  const [storedRules, setStoredRules] = useState<Rules | null>(() => readRules(stored.rules));
  const save = useSaveDraft(policyId);
  const { mutate } = save;
  const rules = history.present;
  const unsaved = rules !== storedRules && JSON.stringify(rules) !== JSON.stringify(storedRules);
  useEffect(() => {
    if (!unsaved) return;
    keep(place, rules);
    const later = setTimeout(
      () =>
        mutate(rules, {
          onSuccess: () => {
            setStoredRules(rules);
            forget(place);
          },
        }),
      QUIET_MS,
    );
    return () => clearTimeout(later);
  }, [rules, unsaved, place, mutate]);
  return {
    rules,
    history,
    report: save.data ?? stored,
    state: save.isError ? ("refused" as const) : unsaved ? ("saving" as const) : ("saved" as const),
    error: save.error,
  };
}
