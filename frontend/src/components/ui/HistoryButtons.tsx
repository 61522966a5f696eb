import { Redo2, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { IconButton } from "./IconButton";

type History = { canUndo: boolean; canRedo: boolean; undo: () => void; redo: () => void };

/** Undo and redo of an editor, with their keys. */
export function HistoryButtons({ history }: { history: History }) {
  const { t } = useTranslation();
  return (
    <>
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
    </>
  );
}
