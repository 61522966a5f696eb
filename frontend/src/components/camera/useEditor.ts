import { useEffect, useMemo, useState } from "react";

import { durationOf, type Clock, type KeyFrame } from "@/lib/camera/keys";
import { useHistory } from "@/lib/history";
import { framesPerSecond, type Timeline } from "@/lib/record";

import { type Document, pathOf } from "./document";
import { addKey, type Change, dropKey } from "./editing";
import { Playhead } from "./playhead";

/** The document with its undo, the path sampled from it, what is chosen and which frame is shown. */
export function useEditor(first: Document, timeline: Timeline, aspect: number) {
  const history = useHistory(first);
  const document = history.present;
  const [chosenId, choose] = useState<number | null>(first.keys[0]?.id ?? null);
  const [playhead] = useState(() => new Playhead());
  const fps = framesPerSecond(timeline);
  const frames = document.imported?.path.frames ?? timeline.num_frames;
  const clock: Clock = useMemo(() => ({ fps, frames }), [fps, frames]);
  const path = useMemo(() => pathOf(document, clock, aspect), [document, clock, aspect]);
  useEffect(() => {
    playhead.clock(fps, frames);
    return () => playhead.pause();
  }, [playhead, fps, frames]);

  const chosen = document.keys.find((key) => key.id === chosenId) ?? null;
  const goTo = (key: KeyFrame | undefined) => {
    if (!key) return;
    choose(key.id);
    playhead.seek(key.timeS * fps);
  };
  return {
    ...{ history, document, clock, path, playhead, chosen, choose, goTo, aspect },
    durationS: durationOf(clock),
    edit: (change: Change, label: string | null = null) => history.set(change, label),
    addHere: () => {
      const { change, id } = addKey(path, playhead.get().frame, clock);
      history.set(change);
      choose(id);
    },
    drop: (id: number) => history.set(dropKey(id)),
    step: (by: number) => {
      const at = document.keys.findIndex((key) => key.id === chosenId);
      goTo(document.keys[at < 0 ? 0 : Math.min(Math.max(0, at + by), document.keys.length - 1)]);
    },
  };
}

export type Editor = ReturnType<typeof useEditor>;
