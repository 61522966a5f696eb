import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import type { Schemas } from "@/lib/api";

/** For which reasons it was decided, and the notes of whoever decided. */
export function Grounds({ decision }: { decision: Schemas["DecisionOutput"] }) {
  const { t } = useTranslation(["work", "gates"]);
  const notes = decision.notes.filter((note): note is string => typeof note === "string" && note !== "");
  return (
    <>
      {decision.reasons.length > 0 && (
        <ul className="flex flex-wrap gap-1.5" aria-label={t("decision.reasons")}>
          {decision.reasons.map((reason) => (
            <li key={reason}>
              <Badge>
                {t([`reason.${reason}`, `gates:rule.${reason}`], {
                  defaultValue: reason.replaceAll("_", " "),
                })}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      {notes.map((note, place) => (
        <blockquote
          key={place}
          className="border-s-2 border-line-strong ps-4 text-sm whitespace-pre-line"
          dir="auto"
        >
          {note}
        </blockquote>
      ))}
    </>
  );
}
