import { type KeyboardEvent, useEffect } from "react";
import { useTranslation } from "react-i18next";

import { undoKeys } from "@/lib/history";

import type { CameraEditorProps } from "./CameraEditor";
import type { Document } from "./document";
import { ImportReport } from "./ImportReport";
import { KeyTable } from "./KeyTable";
import { LensPanel } from "./LensPanel";
import { MovePanel } from "./MovePanel";
import { Toolbar } from "./Toolbar";
import { Transport } from "./Transport";
import { type Editor, useEditor } from "./useEditor";
import { useStoredPath } from "./useStoredPath";
import { Viewports } from "./Viewports";
import { WordsPanel } from "./WordsPanel";

type Props = CameraEditorProps & { first: Document };

export default function Workbench({ first, value, timeline, aspect, onChange, onPath, readOnly }: Props) {
  const { t } = useTranslation("camera");
  const editor = useEditor(first, timeline, aspect);
  const { document, path } = editor;
  const storing = useStoredPath({ document, path, before: value, untouched: document === first, onChange });
  useEffect(() => onPath?.(path), [onPath, path]);
  const onKeyDown = (event: KeyboardEvent) => {
    undoKeys(editor.history)(event);
    if (!isTyping(event.target)) playKeys(event, editor, readOnly);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the controls inside, wherever the focus is
    <section
      aria-label={t("title")}
      onKeyDown={onKeyDown}
      className="grid min-w-0 gap-4 rounded-lg border border-line bg-surface p-3 sm:p-4"
    >
      {!readOnly && <Toolbar editor={editor} value={value} timeline={timeline} storing={storing} />}
      <Viewports editor={editor} readOnly={readOnly} />
      <Transport editor={editor} />
      {document.imported && (
        <ImportReport editor={editor} imported={document.imported} timeline={timeline} readOnly={readOnly} />
      )}
      {!document.imported && <KeyTable editor={editor} readOnly={readOnly} />}
      <div className="grid min-w-0 grid-cols-[repeat(auto-fit,minmax(min(100%,16rem),1fr))] items-start gap-4">
        <WordsPanel editor={editor} />
        {!readOnly && !document.imported && <MovePanel editor={editor} />}
        {!readOnly && <LensPanel editor={editor} />}
      </div>
    </section>
  );
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest("input, select, textarea, [role=menu]") !== null;
}

/** Space plays; the arrows go frame by frame (tenfold with Shift); brackets go from key frame to key frame; K adds one. */
function playKeys(event: KeyboardEvent, editor: Editor, readOnly = false): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const { playhead, chosen } = editor;
  const by = (frames: number) => playhead.seek(playhead.get().frame + frames * (event.shiftKey ? 10 : 1));
  const onButton =
    event.target instanceof HTMLElement && event.target.closest("button, [role=slider]") !== null;
  const acts: Record<string, () => void> = {
    ArrowRight: () => by(1),
    ArrowLeft: () => by(-1),
    "]": () => editor.step(1),
    "[": () => editor.step(-1),
    ...(onButton ? {} : { " ": () => playhead.toggle() }),
    ...(readOnly || editor.document.imported
      ? {}
      : { k: editor.addHere, Delete: () => chosen && editor.drop(chosen.id) }),
  };
  const act = acts[event.key] ?? acts[event.key.toLowerCase()];
  if (!act || (onButton && event.key.startsWith("Arrow"))) return;
  event.preventDefault();
  act();
}
