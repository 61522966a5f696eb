import { Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Checkbox } from "@/components/ui/Choice";
import { Dialog } from "@/components/ui/Dialog";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import type { Timeline } from "@/lib/record";

import { FileField } from "./FileField";
import { type Reading, useImport } from "./importing";
import { ReadingFields } from "./ReadingFields";
import type { Editor } from "./useEditor";

/** Takes a camera file of any format; what it means is found out, and can be said by who knows better. */
export function ImportDialog({ editor, timeline }: { editor: Editor; timeline: Timeline }) {
  const { t } = useTranslation("camera");
  const [open, setOpen] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [companion, setCompanion] = useState<File | null>(null);
  const [reading, setReading] = useState<Reading>({});
  const [fitted, setFitted] = useState(true);
  const importing = useImport();
  const start = () => {
    if (!file) return;
    const asked = { file, companion, aspect: editor.aspect, timeline: fitted ? timeline : null };
    importing.mutate(
      { ...asked, reading: fitted ? { fps: timeline.fps[0] / timeline.fps[1], ...reading } : reading },
      {
        onSuccess: ({ imported }) => {
          editor.edit((before) => ({ ...before, keys: [], imported }));
          setOpen(false);
        },
      },
    );
  };
  return (
    <>
      <Button size="sm" icon={<Upload className="size-4" />} onClick={() => setOpen(true)}>
        {t("import.action")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("import.title")}
        description={t("import.text")}
        footer={
          <Button look="primary" disabled={!file} busy={importing.isPending} onClick={start}>
            {t(importing.isPending ? "import.running" : "import.start")}
          </Button>
        }
      >
        <div className="grid gap-4">
          <FileField label={t("import.file")} file={file} onChange={setFile} />
          <Checkbox
            label={t("import.fit")}
            hint={t("import.fit_hint", { frames: timeline.num_frames })}
            checked={fitted}
            onChange={setFitted}
          />
          <details className="grid gap-3 rounded-md border border-line px-4 py-3">
            <summary className="text-sm font-medium">{t("import.known")}</summary>
            <div className="grid gap-4 pt-3">
              <ReadingFields reading={reading} onChange={setReading} />
              <FileField
                label={t("import.companion")}
                hint={t("import.companion_hint")}
                file={companion}
                onChange={setCompanion}
              />
            </div>
          </details>
          {importing.isError && <Notice tone="bad">{errorText(importing.error)}</Notice>}
        </div>
      </Dialog>
    </>
  );
}
