import { type PointerEvent, useCallback, useEffect, useRef, useState } from "react";

import { turnedLatlong } from "@/lib/light/latlong";
import type { Lighting } from "@/lib/record";

import { type Chosen, LightStage } from "./LightStage";
import { useMap } from "./useMap";

const DEGREES_PER_PIXEL = 0.4;

type Given = {
  lighting: Lighting;
  chosen: Chosen;
  ev: number;
  choose: (chosen: Chosen) => void;
  /** By so many degrees to the right as the eye sees it, and up. */
  turn: (right: number, up: number) => void;
  released: () => void;
  readOnly: boolean;
};

/** The stage in the element that `mount` is put on. A drag that begins on a light aims it, any other moves the eye. */
export function useLightStage({ lighting, chosen, ev, choose, turn, released, readOnly }: Given) {
  const [stage, setStage] = useState<LightStage | null>(null);
  const [failed, setFailed] = useState(false);
  const dragged = useRef<[number, number] | null>(null);
  const mount = useCallback((box: HTMLDivElement) => {
    const [canvas, view] = [box.querySelector("canvas"), box.querySelector<HTMLElement>("[data-view]")];
    if (!canvas || !view) return;
    let made: LightStage;
    try {
      made = new LightStage(canvas, view);
    } catch {
      setFailed(true);
      return;
    }
    setStage(made);
    return () => made.dispose();
  }, []);
  const map = useMap(lighting.env_map?.asset ?? null);
  const turned = lighting.env_map?.world_from_env?.join() ?? "1,0,0,0,1,0,0,0,1";
  useEffect(() => stage?.set(lighting, chosen, ev), [stage, lighting, chosen, ev]);
  useEffect(
    () => stage?.setMap(map.data ? turnedLatlong(map.data, turned.split(",").map(Number)) : null),
    [stage, map.data, turned],
  );

  const pointer = {
    onPointerDownCapture: (event: PointerEvent<HTMLDivElement>) => {
      const box = event.currentTarget.getBoundingClientRect();
      const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
      const hit = stage?.lightAt(x * 2 - 1, 1 - y * 2) ?? null;
      if (hit === null || readOnly) return;
      event.stopPropagation(); // before the eye's own controls hear of it
      event.currentTarget.setPointerCapture(event.pointerId);
      choose(hit);
      dragged.current = [event.clientX, event.clientY];
    },
    onPointerMove: (event: PointerEvent) => {
      if (!dragged.current) return;
      const [x, y] = dragged.current;
      dragged.current = [event.clientX, event.clientY];
      turn((event.clientX - x) * DEGREES_PER_PIXEL, (y - event.clientY) * DEGREES_PER_PIXEL);
    },
    onPointerUp: () => {
      if (!dragged.current) return;
      dragged.current = null;
      released();
    },
  };
  return { mount, failed, pointer, map };
}
