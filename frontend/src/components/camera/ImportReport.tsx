import { Scissors } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/states";
import type { Timeline } from "@/lib/record";

import type { Imported } from "./document";
import { takeApart } from "./editing";
import type { Editor } from "./useEditor";

type Props = { editor: Editor; imported: Imported; timeline: Timeline; readOnly?: boolean };

/** What came in frame for frame, what was lost on the way, and the way to edit it. */
export function ImportReport({ editor, imported, timeline, readOnly }: Props) {
  const { t } = useTranslation("camera");
  const { frames } = imported.path;
  return (
    <section className="grid gap-3 rounded-md border border-line p-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm">{t("imported.text", { frames, up: t(`up.${imported.up}`) })}</p>
        {!readOnly && (
          <Button
            size="sm"
            icon={<Scissors className="size-4" />}
            onClick={() => editor.edit(takeApart(editor.clock))}
          >
            {t("imported.edit")}
          </Button>
        )}
      </div>
      {frames !== timeline.num_frames && (
        <Notice tone="warn">{t("imported.count", { frames, wanted: timeline.num_frames })}</Notice>
      )}
      {!imported.hasFocal && <Notice tone="warn">{t("imported.no_focal")}</Notice>}
      {imported.losses.length + imported.notes.length > 0 && (
        <ul className="grid gap-1 text-sm">
          {imported.losses.map(({ field, message }) => (
            <li key={field + message} className="flex gap-2">
              <span className="shrink-0 font-medium text-warn">{t(`loss.${field}`, field)}</span>
              <span className="text-muted" dir="auto">
                {message}
              </span>
            </li>
          ))}
          {imported.notes.map((note) => (
            <li key={note} className="text-muted" dir="auto">
              {note}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
