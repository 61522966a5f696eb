/** What a person does to the path, as changes of the document. */
import { type Clock, type KeyFrame, rotationOf, sorted, withKey } from "@/lib/camera/keys";
import { keyAt, keysThrough } from "@/lib/camera/poses";
import { movedFrom, targetOf, type Move } from "@/lib/camera/presets";
import type { SampledPath } from "@/lib/camera/sampling";

import type { Document } from "./document";

export type Change = (document: Document) => Document;

export function changeKey(id: number, change: Partial<KeyFrame>, clock: Clock): Change {
  return (document) => {
    const key = document.keys.find((other) => other.id === id);
    if (!key) return document;
    const next = { ...key, ...change };
    const keys =
      change.timeS === undefined
        ? document.keys.map((other) => (other.id === id ? next : other))
        : withKey(document.keys, next, clock);
    return { ...document, keys };
  };
}

/** Looks at a point instead of having a rotation of its own, or the other way round; the view stays. */
export function changeAim(key: KeyFrame, kind: KeyFrame["aim"]["kind"], clock: Clock): Change {
  const aim: KeyFrame["aim"] =
    kind === "look_at" ? { kind, target: targetOf(key), rollDeg: 0 } : { kind, rotation: rotationOf(key) };
  return changeKey(key.id, { aim }, clock);
}

/** A key frame of what the path is at that frame already. */
export function addKey(path: SampledPath, frame: number, clock: Clock): { change: Change; id: number } {
  const key: KeyFrame = { ...keyAt(path, frame, clock), easing: "ease_in_out" };
  return { id: key.id, change: (document) => ({ ...document, keys: withKey(document.keys, key, clock) }) };
}

/** Never the last one: a path has a key frame at least. */
export function dropKey(id: number): Change {
  return (document) =>
    document.keys.length > 1 ? { ...document, keys: document.keys.filter((key) => key.id !== id) } : document;
}

/** The move in the place of the key frames of its stretch. */
export function addMove(path: SampledPath, move: Move, clock: Clock): Change {
  return (document) => {
    const at = Math.round(move.startS * clock.fps);
    const there = document.keys.find((key) => Math.abs(key.timeS - move.startS) < 0.5 / clock.fps);
    const from = there ?? keyAt(path, Math.min(at, path.frames - 1), clock);
    const outside = document.keys.filter(
      ({ timeS }) => timeS < move.startS - 0.5 / clock.fps || timeS > move.endS + 0.5 / clock.fps,
    );
    return { ...document, keys: sorted([...outside, ...movedFrom(from, move)]) };
  };
}

/** The imported path as key frames that can be edited. */
export function takeApart(clock: Clock): Change {
  return (document) => {
    if (!document.imported) return document;
    return {
      ...document,
      imported: null,
      course: "straight",
      keys: keysThrough(document.imported.path, clock),
    };
  };
}

/** Another sensor under the same lens: the focal lengths in millimetres stay, the field of view changes. */
export function changeSensor(sensorMm: number): Change {
  return (document) => ({
    ...document,
    sensorMm,
    keys: document.keys.map((key) => ({ ...key, fx: (key.fx * document.sensorMm) / sensorMm })),
  });
}

/** The focal length of an imported path that did not say its own, in every frame. */
export function giveFocal(fx: number, aspect: number): Change {
  return (document) => {
    const { imported } = document;
    if (!imported) return document;
    const intrinsics = new Float64Array(imported.path.frames * 4);
    for (let frame = 0; frame < imported.path.frames; frame += 1)
      intrinsics.set([fx, fx * aspect, 0.5, 0.5], frame * 4);
    return { ...document, imported: { ...imported, hasFocal: true, path: { ...imported.path, intrinsics } } };
  };
}
