import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { HistoryButtons } from "@/components/ui/HistoryButtons";
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
      <HistoryButtons history={history} />
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
