/** Undo and redo of a value. Changes under one label in a row (a drag, a figure being typed) are one step. */
import { useCallback, useReducer } from "react";

const STEPS = 200;

type Past<T> = { past: T[]; present: T; future: T[]; label: string | null };
type Act<T> =
  | { kind: "set"; next: (present: T) => T; label: string | null }
  | { kind: "undo" | "redo" | "seal" }
  | { kind: "reset"; value: T };

function reduce<T>(state: Past<T>, act: Act<T>): Past<T> {
  const { past, present, future } = state;
  switch (act.kind) {
    case "set": {
      const next = act.next(present);
      if (next === present) return state;
      const goesOn = act.label !== null && act.label === state.label;
      return {
        past: goesOn ? past : [...past, present].slice(-STEPS),
        present: next,
        future: [],
        label: act.label,
      };
    }
    case "undo":
      if (!past.length) return state;
      return { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future], label: null };
    case "redo":
      if (!future.length) return state;
      return { past: [...past, present], present: future[0]!, future: future.slice(1), label: null };
    case "seal":
      return state.label === null ? state : { ...state, label: null };
    case "reset":
      return { past: [], present: act.value, future: [], label: null };
  }
}

export function useHistory<T>(first: T | (() => T)) {
  const [state, act] = useReducer(reduce<T>, first, (given) => ({
    past: [],
    present: typeof given === "function" ? (given as () => T)() : given,
    future: [],
    label: null,
  }));
  /** With a label the change joins the one before of the same label, until `seal`. */
  const set = useCallback(
    (next: (present: T) => T, label: string | null = null) => act({ kind: "set", next, label }),
    [],
  );
  const undo = useCallback(() => act({ kind: "undo" }), []);
  const redo = useCallback(() => act({ kind: "redo" }), []);
  const seal = useCallback(() => act({ kind: "seal" }), []);
  const reset = useCallback((value: T) => act({ kind: "reset", value }), []);
  return {
    present: state.present,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    ...{ set, undo, redo, seal, reset },
  };
}

/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y (with the command key on a Mac) of an editor's root element. */
export function undoKeys(history: { undo: () => void; redo: () => void }) {
  return (event: React.KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) history.redo();
    else history.undo();
  };
}
