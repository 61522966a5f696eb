import { Redo2, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { errorText } from "@/lib/errors";
import type { Camera, Timeline } from "@/lib/record";

import { ExportMenu } from "./ExportMenu";
import { ImportDialog } from "./ImportDialog";
import type { Editor } from "./useEditor";
import type { Storing } from "./useStoredPath";

type Props = {
  editor: Editor;
  value: Camera | null;
  timeline: Timeline;
  storing: Storing & { retry: () => void };
};

export function Toolbar({ editor, value, timeline, storing }: Props) {
  const { t } = useTranslation("camera");
  const { history } = editor;
  return (
    <div role="toolbar" aria-label={t("tools")} className="flex flex-wrap items-center gap-2">
      <IconButton
        label={t("undo")}
        hint="Ctrl+Z"
        icon={<Undo2 className="rtl:-scale-x-100" />}
        disabled={!history.canUndo}
        onClick={history.undo}
      />
      <IconButton
        label={t("redo")}
        hint="Ctrl+Y"
        icon={<Redo2 className="rtl:-scale-x-100" />}
        disabled={!history.canRedo}
        onClick={history.redo}
      />
      <ImportDialog editor={editor} timeline={timeline} />
      <ExportMenu asset={value?.poses?.asset ?? null} fps={editor.clock.fps} />
      <span role="status" className="ms-auto text-xs text-muted">
        {storing.state !== "failed" && t(`storing.${storing.state}`)}
      </span>
      {storing.state === "failed" && (
        <span role="alert" className="flex items-center gap-2 text-xs text-bad">
          {errorText(storing.error)}
          <Button size="sm" onClick={storing.retry}>
            {t("storing.retry")}
          </Button>
        </span>
      )}
    </div>
  );
}
