import { createContext, useContext, useSyncExternalStore } from "react";

import type { DraftKeeper, Snapshot } from "../draft/keeper";
import type { Draft, Part, PartName } from "../draft/record";

export const DraftContext = createContext<DraftKeeper | null>(null);

export function useKeeper(): DraftKeeper {
  const keeper = useContext(DraftContext);
  if (!keeper) throw new Error("This needs an open draft around it.");
  return keeper;
}

export function useDraftState(): Snapshot {
  const keeper = useKeeper();
  return useSyncExternalStore(keeper.subscribe, () => keeper.snapshot);
}

export function useDraft(): Draft {
  return useDraftState().draft;
}

type ObjectPart = Exclude<PartName, "reference_images">;

/** A part that is an object: `set({ place: "a harbour" })`; undefined takes a key away, `remove` the whole part. */
export function usePart<Name extends ObjectPart>(name: Name) {
  const keeper = useKeeper();
  const part = useDraft()[name] as Part<Name> | null | undefined;
  const change = (field: string, act: (part: Part<Name>) => Part<Name> | null) =>
    keeper.edit(`${name}.${field}`, (draft) => ({
      ...draft,
      [name]: act((draft[name] ?? {}) as Part<Name>),
    }));
  return {
    value: (part ?? {}) as Part<Name>,
    exists: part !== null && part !== undefined,
    change,
    set: (fields: Partial<Part<Name>>) =>
      change(Object.keys(fields).join(), (before) => ({ ...before, ...fields })),
    remove: () => change("", () => null),
  };
}

export type ReferenceImage = Part<"reference_images">[number];

export function useReferenceImages() {
  const keeper = useKeeper();
  const images = useDraft().reference_images ?? [];
  const change = (field: string, act: (images: ReferenceImage[]) => ReferenceImage[]) =>
    keeper.edit(`reference_images.${field}`, (draft) => ({
      ...draft,
      reference_images: act(draft.reference_images ?? []),
    }));
  return { images, change };
}
