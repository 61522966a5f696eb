import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Skeleton } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import { timecode } from "@/lib/format";
import { useLabels } from "@/lib/vocabulary";

import { useWords } from "./useWords";
import type { Editor } from "./useEditor";

/** The path as a caption tells it, and the movements that were found in it. */
export function WordsPanel({ editor }: { editor: Editor }) {
  const { t, i18n } = useTranslation("camera");
  const told = useWords(editor);
  const [moves, speeds, holds] = [
    useLabels("camera_primitive"),
    useLabels("camera_speed"),
    useLabels("steadiness"),
  ];
  const words = told.data?.words[i18n.language === "ar" ? "ar" : "en"];
  return (
    <section
      aria-live="polite"
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 rounded-md border border-line p-4"
    >
      <h3 className="text-sm">{t("words.title")}</h3>
      {told.isError && <p className="text-sm text-bad">{errorText(told.error)}</p>}
      {!told.data && !told.isError && <Skeleton className="h-5 w-2/3" />}
      {words && <p className="text-base leading-relaxed">{words}</p>}
      {told.data && (
        <>
          <ul className="flex flex-wrap gap-1.5">
            {told.data.primitives.map(({ name, start_s, end_s, speed }) => (
              <li key={`${name} ${start_s}`}>
                <Badge>
                  {moves(name)}
                  {speed && <span className="font-normal">{speeds(speed)}</span>}
                  <span className="figures font-normal">
                    {timecode(start_s)}–{timecode(end_s)}
                  </span>
                </Badge>
              </li>
            ))}
          </ul>
          <p className="text-xs text-muted">
            {t("words.facts", {
              length: told.data.length_m.toFixed(2),
              speed: (told.data.speed_m_s[1] ?? 0).toFixed(2),
              turned: told.data.turned_deg.toFixed(0),
              steadiness: holds(told.data.steadiness),
            })}
          </p>
        </>
      )}
    </section>
  );
}
