import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";

import type { Precheck, Problem } from "../api/get-precheck";

/** What the pre-check last said; null before it said anything. */
export const PrecheckContext = createContext<Precheck | null>(null);

export function usePrecheckResult(): Precheck | null {
  return useContext(PrecheckContext);
}

/** A problem in the person's language where there is a text for its code, else as the server said it (as in English). */
export function useProblemText(): (problem: Problem) => { message: string; fix: string } {
  const { t, i18n } = useTranslation("contribute");
  return ({ code, message, fix }) => {
    const key = `problem.${code}`;
    if (!i18n.exists(`contribute:${key}.message`)) return { message, fix };
    return { message: t(`${key}.message`, { message }), fix: t(`${key}.fix`, { fix }) };
  };
}

const NOT_YET = ["missing", "empty"];

/** What is wrong with what was written at this place; that nothing is written yet is no complaint of the field's. */
export function useComplaint(path: string): string | undefined {
  const told = useProblemText();
  const result = usePrecheckResult();
  const found = result?.problems.find((problem) => problem.path === path && !NOT_YET.includes(problem.code));
  if (!found) return undefined;
  const { message, fix } = told(found);
  return `${message} ${fix}`;
}
