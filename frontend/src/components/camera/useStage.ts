import { useCallback, useEffect, useRef, useState } from "react";

import { CameraStage } from "./CameraStage";
import { changeKey } from "./editing";
import { Gizmo, type Handle } from "./Gizmo";
import type { Editor } from "./useEditor";

type Made = { stage: CameraStage; gizmo: Gizmo };

/** The stage in the element that `mount` is put on: it draws what the editor holds, and its handles edit it. */
export function useStage(editor: Editor, handle: Handle, readOnly = false) {
  const outside = useRef<HTMLDivElement>(null);
  const [made, setMade] = useState<Made | null>(null);
  const [failed, setFailed] = useState(false);
  const { document, path, chosen, playhead, clock, edit, history } = editor;
  const act = useRef({ edit, clock, seal: history.seal });
  useEffect(() => {
    act.current = { edit, clock, seal: history.seal };
  });
  const mount = useCallback(
    (box: HTMLDivElement) => {
      const [canvas, inside] = [
        box.querySelector("canvas"),
        box.querySelector<HTMLElement>("[data-view=through]"),
      ];
      if (!canvas || !inside || !outside.current) return;
      let stage: CameraStage;
      try {
        stage = new CameraStage(canvas, outside.current, inside);
      } catch {
        setFailed(true);
        return;
      }
      const gizmo = new Gizmo(stage, outside.current, {
        moved: (id, change) => act.current.edit(changeKey(id, change, act.current.clock), `drag ${id}`),
        released: () => act.current.seal(),
      });
      setMade({ stage, gizmo });
      const unfollow = playhead.subscribe(() => stage.setFrame(playhead.get().frame));
      return () => {
        unfollow();
        gizmo.dispose();
        stage.dispose();
      };
    },
    [playhead],
  );
  useEffect(() => made?.stage.setPath(path), [made, path]);
  useEffect(() => made?.stage.setKeys(document.keys, chosen?.id ?? null), [made, document.keys, chosen]);
  useEffect(() => made?.gizmo.hold(readOnly ? null : chosen, handle), [made, chosen, handle, readOnly]);
  return { made, failed, mount, outside };
}
